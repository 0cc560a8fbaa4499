use cards_acceptance::World;
use cards_domain::delivery::DeliveryMethod;
use diesel::prelude::*;
#[test]
fn dbg() {
    let w = World::new();
    let _ = w.sent_card(&w.maja(), DeliveryMethod::Rek);
    #[derive(diesel::QueryableByName, Debug)]
    struct R { #[diesel(sql_type = diesel::sql_types::Text)] t: String }
    let r: Vec<R> = diesel::sql_query("select row_to_json(delivery)::text as t from delivery").load(&mut w.database.connect()).unwrap();
    println!("{r:?}");
    let id = r[0].t.split("rek_id\":\"").nth(1).unwrap()[..13].to_owned();
    for call in [w.karin().call(), w.officer("SE2399000013-1006", cards_domain::access::Role::Servicedesk, None).call()] {
        let a = w.app().search(&mut w.link(), &call, &id).unwrap();
        println!("{id} {:?} {}", a.understood.is_some(), a.hits.len());
        let a = w.app().search(&mut w.link(), &call, w.maja().number.as_str()).unwrap();
        println!("{:?} {}", a.understood.is_some(), a.hits.len());
    }
    w.work();
}
