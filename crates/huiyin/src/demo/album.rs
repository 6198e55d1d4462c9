//! The photos that people of the demonstration hand in: each goes through the ordinary road of files, is decoded, written
//! anew and put on the disk, and is given to one case.

use super::drawing::{Scene, draw};
use bytes::Bytes;
use huiyin_domain::ids::FileId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::{self, FileLimits, StoredFile};
use huiyin_foundation::school::App;
use image::ImageFormat;
use std::collections::BTreeMap;
use std::io::Cursor;

/// So many takes of each scene.
const TAKES: u32 = 3;

/// So many takes more of what is pictured at the place in the written scenes.
const ASIDE: (Scene, u32) = (Scene::Tap, 2);

/// Photos that no case has yet.
#[derive(Debug, Default)]
pub struct Album {
    left: BTreeMap<Scene, Vec<StoredFile>>,
    aside: BTreeMap<Scene, Vec<StoredFile>>,
}

impl Album {
    /// Draws the photos and hands them to the store of files, as if each came from a telephone.
    pub fn filled(app: &App) -> Result<Album, Error> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
        runtime.block_on(async {
            let limits = FileLimits::from_policy(&app.policy_in_force().policy.attachments);
            let mut album = Album::default();
            for scene in Scene::ALL {
                let aside = if scene == ASIDE.0 { ASIDE.1 } else { 0 };
                for take in 0..TAKES + aside {
                    let photo = Bytes::from(png(scene, take)?);
                    let kept = app.files.keep(&app.keys, photo, limits.pictures_only(), app.now()).await?;
                    let pile = if take < TAKES { &mut album.left } else { &mut album.aside };
                    pile.entry(scene).or_default().push(kept);
                }
            }
            Ok(album)
        })
    }

    /// Up to so many photos of a scene, noted as handed in and not yet given to a case.
    pub fn take(&mut self, tx: &mut Tx, scene: Scene, count_max: usize) -> Result<Vec<FileId>, Error> {
        let left = self.left.entry(scene).or_default();
        let mut taken = Vec::new();
        for photo in left.drain(left.len().saturating_sub(count_max)..) {
            files::remember(tx, &photo)?;
            taken.push(photo.id);
        }
        Ok(taken)
    }

    /// A photo that was laid aside, in the same way.
    pub fn take_aside(&mut self, tx: &mut Tx, scene: Scene) -> Result<Vec<FileId>, Error> {
        let Some(photo) = self.aside.get_mut(&scene).and_then(Vec::pop) else { return Ok(Vec::new()) };
        files::remember(tx, &photo)?;
        Ok(vec![photo.id])
    }

    /// Takes from the disk what nobody handed in.
    pub fn put_away(self, app: &App) -> Result<(), Error> {
        let piles = self.left.into_values().chain(self.aside.into_values());
        piles.flatten().try_for_each(|photo| app.files.discard(&photo)).map_err(Error::internal)
    }
}

fn png(scene: Scene, take: u32) -> Result<Vec<u8>, Error> {
    let mut bytes = Cursor::new(Vec::new());
    draw(scene, take).write_to(&mut bytes, ImageFormat::Png).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}
