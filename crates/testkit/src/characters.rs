//! The people of Cedar Hollow Family Medicine, and of a second practice that must never see them.

use bedside_platform::Ground;
use bedside_practice::{
    Practice, Rights,
    facts::Facts,
    members::{self, Member, NewMember},
    passwords,
    practice::{self, NewPractice},
};

/// Everybody's password in the test world.
pub const PASSWORD: &str = "a quiet waiting room";

/// A practice with its people.
pub struct Characters {
    /// The practice.
    pub practice: Practice,
    /// Dr. Maria Alvarez: owner, signs, privacy lead.
    pub maria: Member,
    /// Dr. Ben Okafor: signs.
    pub ben: Member,
    /// Priya Nair, practice manager: writes and answers.
    pub priya: Member,
    /// Jordan Lee, NP: signs, on call.
    pub jordan: Member,
}

/// Cedar Hollow Family Medicine, Maple Falls, Oregon.
pub async fn cedar_hollow(ground: &Ground) -> Characters {
    let facts = Facts {
        name: "Cedar Hollow Family Medicine".into(),
        short_names: vec!["Cedar Hollow".into(), "CHFM".into()],
        state: "Oregon".into(),
        city: "Maple Falls".into(),
        county: "Linn County".into(),
        address: "218 Mill Street, Maple Falls, OR 97999".into(),
        phones: vec!["(541) 555-0142".into()],
        fax: vec!["(541) 555-0143".into()],
        emails: vec!["hello@cedarhollow.example".into()],
        domains: vec!["cedarhollow.example".into()],
        handles: vec!["@CedarHollowFM".into()],
        colleagues: vec!["Dr. Hannah Weiss".into(), "Dr. Samuel Ito".into()],
        specialty: "family medicine".into(),
    };
    people(ground, facts, "cedarhollow.example").await
}

/// A second practice on the same installation, with people of the same names at other addresses.
pub async fn stranger_practice(ground: &Ground) -> Characters {
    let facts = Facts {
        name: "Harbor Pediatrics".into(),
        state: "Maine".into(),
        city: "Gull Point".into(),
        phones: vec!["(207) 555-0100".into()],
        ..Facts::default()
    };
    people(ground, facts, "harbor.example").await
}

async fn people(ground: &Ground, facts: Facts, domain: &str) -> Characters {
    let now = ground.now();
    let new = NewPractice {
        id: ground.new_id(),
        facts,
        time_zone: "America/Los_Angeles".into(),
        languages: vec!["en".into(), "es".into()],
    };
    let password_hash = passwords::hash(PASSWORD.into(), [3; 16]).await;
    let owner = Rights { on_call: false, ..Rights::ALL };
    let cast = [
        ("Maria Alvarez", "MD", "maria", owner),
        ("Ben Okafor", "MD", "ben", Rights { signs: true, ..Rights::default() }),
        ("Priya Nair", "Practice manager", "priya", Rights { writes: true, ..Rights::default() }),
        ("Jordan Lee", "NP", "jordan", Rights { signs: true, on_call: true, ..Rights::default() }),
    ];
    let mut tx = ground.database.begin_write().await.expect("a transaction");
    practice::begin(&mut tx, &new, now).await.expect("a practice");
    let mut ids = Vec::new();
    for (n, (name, credentials, mailbox, rights)) in cast.into_iter().enumerate() {
        let member = NewMember {
            id: ground.new_id(),
            name: name.into(),
            credentials: credentials.into(),
            rights,
            email: Some(format!("{mailbox}@{domain}")),
            password_hash: Some(password_hash.clone()),
            invitation: None,
        };
        members::add(&mut tx, &new.id, &member, now + i64::try_from(n).unwrap()).await.expect("a member");
        ids.push(member.id);
    }
    tx.commit().await.expect("a commit");
    let practice = practice::find(&ground.database, &new.id).await.expect("a query").expect("the practice");
    let mut found = Vec::new();
    for id in &ids {
        found.push(members::find(&ground.database, &new.id, id).await.expect("a query").expect("the member"));
    }
    let [maria, ben, priya, jordan] = <[Member; 4]>::try_from(found).expect("four people");
    Characters { practice, maria, ben, priya, jordan }
}
