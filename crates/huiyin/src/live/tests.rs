//! A stream says how things stand while its session is good, and a person has only so many.

use super::*;
use huiyin_foundation::testing::TestApp;

#[tokio::test]
async fn a_stream_says_how_things_stand_as_long_as_its_session_is_good() {
    let app = TestApp::new(routes(Hall::closed()));
    let student = app.student();
    assert_eq!(student.get("/live").await.is(200).html(), "", "this session was ended");
    let (session, id, until) = (student.visitor.session.clone(), student.id(), app.now().plus_hours(1));
    app.db
        .write(move |tx| {
            tx.execute(
                "insert into sessions (token_hash, person_id, created_ms, seen_ms, expires_ms)
                 values ($1, $2, 0, 0, $3)",
                params![session.clone().unwrap_or_default(), &id, until],
            )
        })
        .await
        .unwrap();
    let told = student.get("/live").await;
    assert_eq!(told.is(200).html(), "data: {\"unread\":0,\"desk\":0}\n\n");
    assert_eq!(told.headers["content-type"], "text/event-stream");
    app.anyone().get("/live").await.is(303);
}

#[test]
fn a_person_has_four_streams_and_a_seat_is_free_again_when_one_ends() {
    let hall = Hall::open();
    let person = PersonId::from("p-officer");
    let mut seats: Vec<Seat> = (0..OF_ONE_MAX).filter_map(|_| hall.seat(&person)).collect();
    assert_eq!(seats.len(), OF_ONE_MAX);
    assert!(hall.seat(&person).is_none());
    assert!(hall.seat(&PersonId::from("p-other")).is_some(), "others have their own");
    seats.pop();
    assert!(hall.seat(&person).is_some());
    drop(seats);
    assert!(hall.seats.lock().unwrap().is_empty());
}
