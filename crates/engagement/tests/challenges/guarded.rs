//! Every post of every ready template passes the guard and every account's limit.

use bedside_engagement::challenges::library;

use crate::world::World;

#[tokio::test]
async fn every_month_of_the_library_waits_whole() {
    let world = World::new().await;
    let mut priya = world.priya().await;
    let mut held = Vec::new();
    for template in library::ready() {
        let page = priya.get(&format!("/challenges/new?template={}&start=2027-03-01", template.id)).await.ok();
        page.shows(&format!("value=\"{}\" checked", template.id));
        let fields: Vec<(String, String)> = world
            .fields(&page.field("form_id"), "2027-03-01")
            .into_iter()
            .map(|(name, value)| if name == "template" { (name, template.id.clone()) } else { (name, value) })
            .collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let id = priya.post("/challenges", &fields).await.ok().path.rsplit('/').next().unwrap().to_owned();
        for post in world.posts(&id).await {
            if post.asked_at.is_none() {
                held.push(format!("{} {}", template.id, post.part.0));
            }
        }
    }
    assert!(held.is_empty(), "{held:#?}");
}
