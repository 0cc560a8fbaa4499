-- Log-in with the card itself: what the server that asks for the card hands to the portal's host.
CREATE TABLE card_log_in (
    ticket_hash    bytea PRIMARY KEY,
    browser_hash   bytea NOT NULL,
    portal         text NOT NULL CHECK (portal IN ('id_admin', 'mina_sidor', 'servicedesk')),
    certificate_id uuid NOT NULL REFERENCES certificate (id),
    made_at        timestamptz NOT NULL
);
CREATE INDEX card_log_in_certificate ON card_log_in (certificate_id);
COMMENT ON TABLE card_log_in IS 'Tickets of people who have shown their card and are on their way into a portal; each is used once, within a minute.';
COMMENT ON COLUMN card_log_in.ticket_hash IS 'SHA-256 of the ticket, which only the browser has.';
COMMENT ON COLUMN card_log_in.browser_hash IS 'SHA-256 of the secret in the cookie of the browser that began the log-in: the ticket is good in no other.';
COMMENT ON COLUMN card_log_in.certificate_id IS 'The certificate that was shown: who it is and how surely stands there.';

GRANT SELECT, INSERT, DELETE ON card_log_in TO kortkontor_app;
