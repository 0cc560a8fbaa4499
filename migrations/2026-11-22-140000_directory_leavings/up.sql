-- What a directory feed leaves behind: entries that wait, endings that a second person must let
-- through, numbers that people must decide about, numbers that persons had before, and files that
-- wait between preview and import.
ALTER TABLE import_run
    ADD COLUMN delta boolean NOT NULL DEFAULT false,
    ADD COLUMN by_person uuid REFERENCES person (id);
CREATE INDEX import_run_at ON import_run (at DESC, id);
CREATE INDEX import_run_by_person ON import_run (by_person);
COMMENT ON COLUMN import_run.delta IS 'The file held only what had changed: nobody was ended for not being in it.';
COMMENT ON COLUMN import_run.by_person IS 'Who took it in from a page; empty for a command on the server.';

CREATE TABLE feed_waiting (
    hsa_key text PRIMARY KEY,
    kind    text NOT NULL CHECK (kind IN ('unit', 'person', 'assignment')),
    since   timestamptz NOT NULL,
    entry   bytea NOT NULL
);
COMMENT ON TABLE feed_waiting IS 'Entries of directory feeds whose parent is not known yet. Each goes in with the feed that brings the parent; a later file that holds the HSA-id replaces it.';
COMMENT ON COLUMN feed_waiting.entry IS 'The entry as it was read, encrypted.';

CREATE TABLE ending_stop (
    id              uuid PRIMARY KEY,
    import_id       uuid NOT NULL REFERENCES import_run (id) DEFERRABLE INITIALLY DEFERRED,
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    imported_by     uuid REFERENCES person (id),
    stopped_at      timestamptz NOT NULL,
    last_day        date NOT NULL,
    would_end       bigint NOT NULL CHECK (would_end > 0),
    live            bigint NOT NULL CHECK (live >= would_end),
    released_by     uuid REFERENCES person (id),
    released_at     timestamptz,
    reason          text,
    ended           bigint,
    replaced_at     timestamptz,
    version         bigint NOT NULL,
    CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (reason IS NULL)),
    CHECK ((released_at IS NULL) = (ended IS NULL)),
    CHECK (released_at IS NULL OR replaced_at IS NULL)
);
CREATE INDEX ending_stop_import ON ending_stop (import_id);
CREATE INDEX ending_stop_organisation ON ending_stop (organisation_id);
CREATE INDEX ending_stop_imported_by ON ending_stop (imported_by);
CREATE INDEX ending_stop_released_by ON ending_stop (released_by);
CREATE UNIQUE INDEX ending_stop_open ON ending_stop (organisation_id)
    WHERE released_at IS NULL AND replaced_at IS NULL;
COMMENT ON TABLE ending_stop IS 'Where a full feed held so few of an organisation''s persons that nobody was ended. Plain data, edited through the ledger.';
COMMENT ON COLUMN ending_stop.imported_by IS 'Who took the feed in, and so cannot release it; empty for a command on the server.';
COMMENT ON COLUMN ending_stop.last_day IS 'The last day that a release gives: the day before the feed came.';
COMMENT ON COLUMN ending_stop.would_end IS 'Persons with a post that would end.';
COMMENT ON COLUMN ending_stop.live IS 'Persons with a live post in the organisation when it was counted.';
COMMENT ON COLUMN ending_stop.ended IS 'Posts that the release ended.';
COMMENT ON COLUMN ending_stop.replaced_at IS 'When a newer full feed of the organisation came: what it says counts instead.';

CREATE TABLE ending_stop_post (
    stop_id uuid NOT NULL REFERENCES ending_stop (id) ON DELETE CASCADE,
    post_id uuid NOT NULL REFERENCES post (id),
    PRIMARY KEY (stop_id, post_id)
);
CREATE INDEX ending_stop_post_post ON ending_stop_post (post_id);
COMMENT ON TABLE ending_stop_post IS 'The posts that a release of the stop ends.';

CREATE TABLE identity_proposal (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL CHECK (kind IN ('number_replaced', 'joined', 'number_differs')),
    person_id       uuid NOT NULL REFERENCES person (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    hsa_key         text NOT NULL,
    number_index    bytea NOT NULL,
    proposed_at     timestamptz NOT NULL,
    entry           bytea NOT NULL,
    first_by        uuid REFERENCES person (id),
    first_at        timestamptz,
    decided_by      uuid REFERENCES person (id),
    decided_at      timestamptz,
    decision        text CHECK (decision IN ('approved', 'dismissed')),
    version         bigint NOT NULL,
    CHECK ((first_at IS NULL) = (first_by IS NULL)),
    CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (decision IS NULL)),
    CHECK (decision IS DISTINCT FROM 'approved' OR first_by <> decided_by)
);
CREATE INDEX identity_proposal_person ON identity_proposal (person_id);
CREATE INDEX identity_proposal_organisation ON identity_proposal (organisation_id);
CREATE INDEX identity_proposal_first_by ON identity_proposal (first_by);
CREATE INDEX identity_proposal_decided_by ON identity_proposal (decided_by);
CREATE UNIQUE INDEX identity_proposal_asked ON identity_proposal (hsa_key, number_index, person_id);
COMMENT ON TABLE identity_proposal IS 'Entries of a feed whose number does not fit whom they seem to be about: two officers decide. Plain data, edited through the ledger.';
COMMENT ON COLUMN identity_proposal.kind IS 'number_replaced: a known HSA-id, coordination number and personnummer with one name and birth date. joined: another HSA-id of such a pair. number_differs: anything else.';
COMMENT ON COLUMN identity_proposal.person_id IS 'The person who is known.';
COMMENT ON COLUMN identity_proposal.organisation_id IS 'Where the entry belongs; those who decide must be in its branch.';
COMMENT ON COLUMN identity_proposal.number_index IS 'Keyed hash of the number in the entry.';
COMMENT ON COLUMN identity_proposal.proposed_at IS 'When a feed said so last.';
COMMENT ON COLUMN identity_proposal.entry IS 'The entry as it was read, encrypted.';
COMMENT ON COLUMN identity_proposal.first_by IS 'The first of the two who approve.';

CREATE TABLE former_number (
    number_index bytea PRIMARY KEY,
    person_id    uuid NOT NULL REFERENCES person (id),
    until        timestamptz NOT NULL,
    number       bytea NOT NULL
);
CREATE INDEX former_number_person ON former_number (person_id);
COMMENT ON TABLE former_number IS 'Numbers that persons had before, or that an employer still uses: they find the person.';
COMMENT ON COLUMN former_number.number_index IS 'Keyed hash of the number, as in person.';
COMMENT ON COLUMN former_number.number IS 'The number, encrypted.';

CREATE TABLE feed_upload (
    id        uuid PRIMARY KEY,
    at        timestamptz NOT NULL,
    by_person uuid NOT NULL REFERENCES person (id),
    file_name text NOT NULL,
    delta     boolean NOT NULL,
    size      bigint NOT NULL CHECK (size >= 0),
    file_hash bytea,
    report    bytea,
    import_id uuid REFERENCES import_run (id)
);
CREATE INDEX feed_upload_by_person ON feed_upload (by_person);
CREATE INDEX feed_upload_import ON feed_upload (import_id);
COMMENT ON TABLE feed_upload IS 'Feeds that officers have sent in, for the hour between preview and import.';
COMMENT ON COLUMN feed_upload.file_hash IS 'SHA-256; empty while the file is still coming.';
COMMENT ON COLUMN feed_upload.report IS 'What the preview said, encrypted.';
COMMENT ON COLUMN feed_upload.import_id IS 'The import that took it in.';

CREATE TABLE feed_upload_part (
    upload_id uuid NOT NULL REFERENCES feed_upload (id) ON DELETE CASCADE,
    place     bigint NOT NULL CHECK (place >= 0),
    content   bytea NOT NULL,
    PRIMARY KEY (upload_id, place)
);
COMMENT ON TABLE feed_upload_part IS 'The file in pieces of one mebibyte, the last one shorter.';
COMMENT ON COLUMN feed_upload_part.content IS 'Encrypted.';

GRANT SELECT, INSERT, UPDATE, DELETE ON feed_waiting, feed_upload, feed_upload_part TO kortkontor_app;
GRANT SELECT, INSERT, UPDATE ON ending_stop TO kortkontor_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity_proposal TO kortkontor_app;
GRANT SELECT, INSERT, DELETE ON ending_stop_post TO kortkontor_app;
GRANT SELECT, INSERT ON former_number TO kortkontor_app;
GRANT SELECT ON ending_stop, ending_stop_post TO kortkontor_read;

-- A personnummer is looked for among the coordination numbers of the same birth date.
CREATE INDEX person_coordination ON person (left(number, 8)) WHERE number_kind = 'samordningsnummer';
