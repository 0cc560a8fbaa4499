-- What the directory feed says: organisations, units, persons, posts, assignments.
CREATE TABLE organisation (
    id                uuid PRIMARY KEY,
    hsa_id            text NOT NULL,
    hsa_key           text NOT NULL UNIQUE,
    name              text NOT NULL,
    number            text,
    owner_kind        text,
    mail              text,
    phone             text,
    starts            date,
    last_day          date,
    archived          boolean NOT NULL,
    issuer_id         uuid NOT NULL REFERENCES organisation (id) DEFERRABLE INITIALLY DEFERRED,
    activation_place  text NOT NULL CHECK (activation_place IN ('same_office_as_photo', 'any_office_of_issuer', 'own_organisation')),
    prerequisites_missing boolean NOT NULL,
    routine_sv        text,
    routine_en        text,
    contact_name      text,
    contact_phone     text,
    contact_mail      text,
    version           bigint NOT NULL
);
CREATE INDEX organisation_issuer ON organisation (issuer_id);
COMMENT ON TABLE organisation IS 'Care providers and other employers.';
COMMENT ON COLUMN organisation.hsa_key IS 'hsa_id in upper case: HSA-ids compare without regard to case.';
COMMENT ON COLUMN organisation.issuer_id IS 'The organisation whose officers serve this one; itself when it issues its own cards.';
COMMENT ON COLUMN organisation.activation_place IS 'Which offices may activate its cards.';
COMMENT ON COLUMN organisation.prerequisites_missing IS 'Agreement, form or payment of a small provider is not in place.';
COMMENT ON COLUMN organisation.routine_sv IS 'The local routine, shown before ordering.';

CREATE TABLE unit (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    parent_id       uuid REFERENCES unit (id),
    hsa_id          text NOT NULL,
    hsa_key         text NOT NULL UNIQUE,
    name            text NOT NULL,
    workplace_code  text,
    mail            text,
    phone           text,
    address         text,
    postcode        text,
    city            text,
    starts          date,
    last_day        date,
    archived        boolean NOT NULL
);
CREATE INDEX unit_organisation ON unit (organisation_id);
CREATE INDEX unit_parent ON unit (parent_id);
COMMENT ON TABLE unit IS 'Care units and other units of an organisation.';
COMMENT ON COLUMN unit.workplace_code IS 'Arbetsplatskod; missing is a quality flag, not an error.';

CREATE TABLE person (
    id            uuid PRIMARY KEY,
    number_kind   text NOT NULL CHECK (number_kind IN ('personnummer', 'samordningsnummer', 'reservnummer', 'passnummer')),
    number_index  bytea NOT NULL UNIQUE,
    number        text,
    given_name    text,
    middle_name   text,
    surname       text,
    given_key     text COLLATE "C",
    surname_key   text COLLATE "C",
    mail          text,
    protection    text NOT NULL CHECK (protection IN ('none', 'confidentiality', 'protected_registration', 'fictitious_identity')),
    sealed        bytea,
    test_person   boolean NOT NULL,
    language      text NOT NULL CHECK (language IN ('sv', 'en')),
    CHECK ((protection = 'none') = (number IS NOT NULL)),
    CHECK ((protection = 'none') = (sealed IS NULL)),
    CHECK (protection = 'none' OR (surname IS NULL AND given_name IS NULL AND middle_name IS NULL AND mail IS NULL AND surname_key IS NULL))
);
CREATE INDEX person_name ON person (surname_key, given_key);
COMMENT ON TABLE person IS 'Everybody in the directory: holders and officers.';
COMMENT ON COLUMN person.number_index IS 'Keyed hash of the number: finds a person by number without storing it in the open.';
COMMENT ON COLUMN person.sealed IS 'Number, names and mail of a protected person, encrypted; the open columns are then empty.';
COMMENT ON COLUMN person.surname_key IS 'Folded for searching.';

CREATE TABLE post (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL REFERENCES person (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    unit_id         uuid REFERENCES unit (id),
    hsa_id          text NOT NULL,
    hsa_key         text NOT NULL UNIQUE,
    title           text,
    licences        text[] NOT NULL,
    specialities    text[] NOT NULL,
    speciality_codes text[] NOT NULL,
    prescriber_code text,
    group_prescriber_code text,
    phone           text,
    mobile          text,
    mifare          text,
    system_roles    text[] NOT NULL,
    starts          date,
    last_day        date
);
CREATE INDEX post_person ON post (person_id);
CREATE INDEX post_organisation ON post (organisation_id, person_id);
CREATE INDEX post_unit ON post (unit_id);
COMMENT ON TABLE post IS 'One entry of a person in the directory: an HSA-id in an organisation.';
COMMENT ON COLUMN post.last_day IS 'Last day of the employment; set, never deleted, when a full feed no longer has the person.';

CREATE TABLE assignment (
    id              uuid PRIMARY KEY,
    unit_id         uuid REFERENCES unit (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    hsa_id          text NOT NULL,
    hsa_key         text NOT NULL UNIQUE,
    name            text NOT NULL,
    purpose         text,
    rights          text[] NOT NULL
);
CREATE INDEX assignment_unit ON assignment (unit_id);
CREATE INDEX assignment_organisation ON assignment (organisation_id);
COMMENT ON TABLE assignment IS 'Medarbetaruppdrag: what a post may do on a unit, and for which purpose.';

CREATE TABLE assignment_member (
    assignment_id uuid NOT NULL REFERENCES assignment (id) ON DELETE CASCADE,
    hsa_key       text NOT NULL,
    post_id       uuid REFERENCES post (id),
    starts        date,
    last_day      date,
    PRIMARY KEY (assignment_id, hsa_key)
);
CREATE INDEX assignment_member_post ON assignment_member (post_id);
COMMENT ON TABLE assignment_member IS 'Who has an assignment; without post_id the member waits until the directory knows the HSA-id.';

CREATE TABLE import_run (
    id          uuid PRIMARY KEY,
    at          timestamptz NOT NULL,
    file_name   text NOT NULL,
    file_hash   bytea NOT NULL,
    report      jsonb NOT NULL
);
COMMENT ON TABLE import_run IS 'Each reading of a directory feed, with its report.';

CREATE TABLE register_answer (
    person_id   uuid PRIMARY KEY REFERENCES person (id),
    answered_at timestamptz NOT NULL,
    has_address boolean NOT NULL,
    deceased    boolean NOT NULL,
    sealed      bytea NOT NULL
);
COMMENT ON TABLE register_answer IS 'The population register''s latest answer about a person.';
COMMENT ON COLUMN register_answer.sealed IS 'Name and address, encrypted.';

GRANT SELECT, INSERT, UPDATE ON organisation, unit, person, post, assignment, register_answer TO kortkontor_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON assignment_member TO kortkontor_app;
GRANT SELECT, INSERT ON import_run TO kortkontor_app;
GRANT SELECT ON organisation, unit, post, assignment, assignment_member, import_run TO kortkontor_read;
