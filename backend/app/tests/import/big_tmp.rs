use crate::kit::*;
#[test]
fn big() {
    let world = World::new();
    let text: String = (1..=100_000u32).map(|n| person("Bo Ek", &format!("P{n}"), &format!("AA{n:07}"), "title: Sjuk\n")).collect();
    let text = format!("{REGION}{text}");
    for _ in 0..2 {
        let t = std::time::Instant::now();
        let r = world.import(&text);
        println!("{r:?} {:?}", t.elapsed());
    }
    let peak = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", peak.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
