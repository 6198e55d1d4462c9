//! A mailbox behind TLS: read where the school trusts what it shows, and told nothing where it does not.

use super::{Post, letter};
use huiyin_foundation::testing::{Letterbox, Shown};

#[tokio::test]
async fn a_mailbox_is_read_over_tls_where_the_school_names_its_certificate_or_who_signed_it() {
    for (shown, whom) in [(Shown::SelfSigned, "server"), (Shown::OfAuthority, "authority")] {
        let letterbox = Letterbox::protected(shown);
        let more = letterbox.trusting(whom);
        let post = Post::over(letterbox, &more);
        post.letterbox.deliver(letter("a", "宿舍热水", "三天没有热水").as_bytes());
        assert_eq!(post.look().await, 1, "{shown:?}: {}", post.standing().trouble);
        assert_eq!(post.only_case().2, "宿舍热水");
        assert_eq!(post.letterbox.flags(), ["S"]);
    }
}

#[tokio::test]
async fn a_mailbox_that_shows_another_certificate_is_not_read_and_the_status_says_so() {
    let other = Letterbox::protected(Shown::SelfSigned);
    for more in [other.trusting("server"), other.trusting("authority"), String::new()] {
        let post = Post::over(Letterbox::protected(Shown::SelfSigned), &more);
        post.letterbox.deliver(letter("a", "宿舍热水", "三天没有热水").as_bytes());
        assert_eq!(post.look().await, 0);
        let standing = post.standing();
        assert!(standing.trouble.starts_with("收信服务器的证书不可信，没有登录"), "{standing:?}");
        assert_eq!((standing.opened, post.numbers().len()), (None, 0));
        assert_eq!(post.letterbox.flags(), [""], "it waits for a mailbox that is trusted");
    }
}
