//! The whole system with a card in a reader: the server over TLS, the simulated factory, the test card
//! behind the machine's own PC/SC daemon and OpenSC, and the program `kortklient`.

mod bench;
mod whole_way;
