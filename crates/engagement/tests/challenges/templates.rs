//! A practice edits a template.

use axum::http::StatusCode;
use bedside_engagement::challenges::library;

use crate::world::World;

const EDIT: &str = "/challenges/templates/less-salt/edit";

#[tokio::test]
async fn an_edition_is_checked_kept_used_and_dropped() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    priya.get(EDIT).await.ok().shows("id: less-salt");
    let good = library::original("less-salt").unwrap();
    let title = "Less salt, more flavor";

    let broken = good.replacen("best_months:\n", "best_months:\n- 13\n", 1);
    assert_ne!(broken, good);
    let page = priya.post(EDIT, &[("yaml", &broken)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("<code>best_months</code>").shows("best_months:\n- 13");

    let own = good.replace(title, "Salt less, taste more");
    priya
        .post(EDIT, &[("yaml", &own)])
        .await
        .ok()
        .shows("Salt less, taste more: the whole month")
        .shows("Your edition");
    priya.get(EDIT).await.ok().shows("Go back to the original");
    priya.post("/challenges/templates/less-salt/reset", &[]).await.ok().shows("as Bedside brought it");
    priya.get("/challenges/new?template=less-salt").await.ok().hides("Salt less, taste more").hides("Your edition");
    assert_eq!(priya.get("/challenges/templates/nothing/edit").await.status, StatusCode::NOT_FOUND);
}
