-- Offices, officers, sessions and signatures.
CREATE TABLE office (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    name            text NOT NULL UNIQUE,
    address         text NOT NULL,
    floor           text,
    phone           text,
    hours           jsonb NOT NULL,
    services        text[] NOT NULL,
    closed_on       date,
    opens_on        date,
    successor_id    uuid REFERENCES office (id),
    version         bigint NOT NULL
);
CREATE INDEX office_organisation ON office (organisation_id);
CREATE INDEX office_successor ON office (successor_id);
COMMENT ON TABLE office IS 'Card offices: photo, activation, unlocking.';
COMMENT ON COLUMN office.closed_on IS 'The first day it is closed: for good, or until opens_on.';
COMMENT ON COLUMN office.hours IS 'Opening hours by weekday: {"mon": "08:00-16:00", ...}.';

CREATE TABLE product (
    id              uuid PRIMARY KEY,
    number          text,
    name            text NOT NULL UNIQUE,
    sis_marked      boolean NOT NULL,
    has_photo       boolean NOT NULL,
    validity_months integer NOT NULL CHECK (validity_months > 0),
    pin_min         smallint NOT NULL CHECK (pin_min BETWEEN 4 AND 12),
    pin_max         smallint NOT NULL CHECK (pin_max BETWEEN pin_min AND 12),
    code_delivery   text NOT NULL CHECK (code_delivery IN ('code_letter', 'chosen_at_activation', 'envelope')),
    orderable       boolean NOT NULL,
    version         bigint NOT NULL
);
COMMENT ON TABLE product IS 'Card products. Rules and pages ask the product, never the product number.';

CREATE TABLE appointment (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL REFERENCES person (id),
    role            text NOT NULL CHECK (role IN ('orderer', 'id_admin', 'id_admin_reserve_loa3', 'id_admin_protected', 'servicedesk', 'deputy_issuer', 'responsible_issuer', 'security_officer', 'auditor')),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    office_id       uuid REFERENCES office (id),
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz,
    approved_by     text[] NOT NULL,
    version         bigint NOT NULL
);
CREATE INDEX appointment_person ON appointment (person_id);
CREATE INDEX appointment_organisation ON appointment (organisation_id);
CREATE INDEX appointment_office ON appointment (office_id);
COMMENT ON TABLE appointment IS 'A person''s role in an organisation and in those whose issuer it is. Ends the moment ends_at has come.';
COMMENT ON COLUMN appointment.approved_by IS 'Who decided, by name.';

CREATE TABLE session (
    token_hash  bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    portal      text NOT NULL CHECK (portal IN ('id_admin', 'mina_sidor', 'servicedesk')),
    person_id   uuid NOT NULL REFERENCES person (id),
    loa         text NOT NULL CHECK (loa IN ('loa2', 'loa3')),
    csrf_key    bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    id_token    bytea NOT NULL
);
CREATE INDEX session_person ON session (person_id);
COMMENT ON TABLE session IS 'Log-ins: the cookie holds a random token, the table its hash.';
COMMENT ON COLUMN session.id_token IS 'The identity provider''s token, encrypted, as evidence.';

CREATE TABLE login_attempt (
    state_hash    bytea PRIMARY KEY,
    portal        text NOT NULL CHECK (portal IN ('id_admin', 'mina_sidor', 'servicedesk')),
    nonce         text NOT NULL,
    pkce_verifier text NOT NULL,
    return_to     text NOT NULL,
    signature_id  uuid,
    created_at    timestamptz NOT NULL
);
COMMENT ON TABLE login_attempt IS 'Log-ins and signatures that have been sent to the identity provider and not come back.';

CREATE TABLE signature (
    id           uuid PRIMARY KEY,
    person_id    uuid NOT NULL REFERENCES person (id),
    portal       text NOT NULL CHECK (portal IN ('id_admin', 'mina_sidor', 'servicedesk')),
    purpose      text NOT NULL,
    text_hash    text NOT NULL,
    sealed       bytea NOT NULL,
    requested_at timestamptz NOT NULL,
    signed_at    timestamptz,
    used_at      timestamptz,
    evidence     bytea
);
CREATE INDEX signature_person ON signature (person_id);
COMMENT ON TABLE signature IS 'Texts that were signed, or are about to be, by a fresh log-in whose nonce is the text''s hash.';
COMMENT ON COLUMN signature.sealed IS 'The text and what is to be done once it is signed, encrypted.';
COMMENT ON COLUMN signature.evidence IS 'The ID token, encrypted.';

CREATE TABLE idempotency (
    actor      text NOT NULL,
    key        uuid NOT NULL,
    body_hash  bytea NOT NULL,
    outcome    jsonb,
    at         timestamptz NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_at ON idempotency (at);
COMMENT ON TABLE idempotency IS 'Requests that were carried out: a repeated one gets the first answer.';

GRANT SELECT, INSERT, UPDATE ON office, product, appointment, signature TO kortkontor_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session, login_attempt, idempotency TO kortkontor_app;
GRANT SELECT ON office, product, appointment TO kortkontor_read;

CREATE CONSTRAINT TRIGGER organisation_recorded AFTER INSERT OR UPDATE OR DELETE ON organisation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE CONSTRAINT TRIGGER office_recorded AFTER INSERT OR UPDATE OR DELETE ON office
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE CONSTRAINT TRIGGER product_recorded AFTER INSERT OR UPDATE OR DELETE ON product
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE CONSTRAINT TRIGGER appointment_recorded AFTER INSERT OR UPDATE OR DELETE ON appointment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
