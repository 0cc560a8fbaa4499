-- The kept things and the steps their lifecycles allow.
CREATE TABLE allowed_step (
    kind       text NOT NULL,
    from_stage text NOT NULL,
    to_stage   text NOT NULL,
    PRIMARY KEY (kind, from_stage, to_stage)
);
COMMENT ON TABLE allowed_step IS 'Which stage may follow which, generated from the rules and compared with them by test. From the empty stage: how a thing begins.';

CREATE FUNCTION enforce_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.stage END;
BEGIN
    IF before IS DISTINCT FROM NEW.stage AND NOT EXISTS (
        SELECT 1 FROM allowed_step
        WHERE kind = TG_ARGV[0] AND from_stage = before AND to_stage = NEW.stage
    ) THEN
        RAISE EXCEPTION '% cannot go from "%" to "%"', TG_ARGV[0], before, NEW.stage
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION enforce_step IS 'The only rule in SQL: a stage is followed only by one that the lifecycle allows.';

CREATE SEQUENCE order_number_seq;
COMMENT ON SEQUENCE order_number_seq IS 'Running part of order numbers.';

CREATE TABLE card_order (
    id              uuid PRIMARY KEY,
    number          text NOT NULL UNIQUE,
    person_id       uuid NOT NULL REFERENCES person (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    product_id      uuid NOT NULL REFERENCES product (id),
    office_id       uuid NOT NULL REFERENCES office (id),
    method          text NOT NULL CHECK (method IN ('a_post', 'rek', 'to_office')),
    ordered_by      uuid NOT NULL REFERENCES person (id),
    photographed_by uuid REFERENCES person (id),
    photo_id        uuid,
    photo_on        date,
    submitted_on    date,
    recipient       bytea NOT NULL,
    replaces        uuid REFERENCES card_order (id),
    card_id         uuid,
    delivery_id     uuid,
    stage           text NOT NULL CHECK (stage IN ('draft', 'awaiting_prerequisites', 'awaiting_photo', 'ready_to_send', 'sent_to_manufacturer', 'produced', 'dispatched', 'fulfilled', 'cancelled', 'rejected', 'replaced_undelivered', 'activation_expired')),
    since           timestamptz NOT NULL,
    version         bigint NOT NULL
);
CREATE INDEX card_order_person ON card_order (person_id);
CREATE INDEX card_order_organisation ON card_order (organisation_id, stage);
CREATE INDEX card_order_product ON card_order (product_id);
CREATE INDEX card_order_office ON card_order (office_id);
CREATE INDEX card_order_ordered_by ON card_order (ordered_by);
CREATE INDEX card_order_photographed_by ON card_order (photographed_by);
CREATE INDEX card_order_replaces ON card_order (replaces);
CREATE INDEX card_order_photo ON card_order (photo_id);
COMMENT ON TABLE card_order IS 'Orders of ordinary cards.';
COMMENT ON COLUMN card_order.recipient IS 'Printed name and address as the population register had them, encrypted.';
COMMENT ON COLUMN card_order.replaces IS 'The order whose card did not come as it should.';
COMMENT ON COLUMN card_order.photo_on IS 'The day the photo was taken for this order; empty when a stored photo is used.';
COMMENT ON COLUMN card_order.submitted_on IS 'The day it was placed, in Stockholm; base of the 30 days when no photo was taken for it.';

CREATE TABLE card (
    id              uuid PRIMARY KEY,
    person_id       uuid NOT NULL REFERENCES person (id),
    order_id        uuid NOT NULL REFERENCES card_order (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    product_id      uuid NOT NULL REFERENCES product (id),
    office_id       uuid NOT NULL REFERENCES office (id),
    ordered_by      uuid NOT NULL REFERENCES person (id),
    photographed_by uuid REFERENCES person (id),
    number          text UNIQUE,
    product_number  text,
    printed_name    bytea,
    valid_to        date,
    custody         text NOT NULL CHECK (custody IN ('manufacturer', 'post', 'holder', 'office', 'destroyed', 'unknown')),
    keep_until      date,
    stage           text NOT NULL CHECK (stage IN ('ordered', 'sent', 'unlocked_unsigned', 'active', 'revoked', 'expired')),
    since           timestamptz,
    reason          text CHECK (reason IN ('lost', 'stolen', 'codes_compromised', 'card_damaged', 'superseded', 'replaced_undelivered', 'name_changed', 'data_wrong', 'employment_ended', 'not_returned', 'returned', 'not_activated_in_time', 'receipt_not_signed', 'wrongly_issued', 'person_deceased', 'misuse', 'issuer_decision')),
    version         bigint NOT NULL,
    CHECK ((stage = 'ordered') = (since IS NULL)),
    CHECK ((stage = 'revoked') = (reason IS NOT NULL)),
    CHECK (stage IN ('ordered', 'revoked') OR number IS NOT NULL)
);
CREATE INDEX card_person ON card (person_id);
CREATE INDEX card_order_id ON card (order_id);
CREATE INDEX card_organisation ON card (organisation_id, stage);
CREATE INDEX card_product ON card (product_id);
CREATE INDEX card_office ON card (office_id, stage);
CREATE INDEX card_ordered_by ON card (ordered_by);
CREATE INDEX card_photographed_by ON card (photographed_by);
ALTER TABLE card ADD CONSTRAINT card_one_active
    EXCLUDE USING btree (person_id WITH =, organisation_id WITH =)
    WHERE (stage = 'active' AND keep_until IS NULL) DEFERRABLE INITIALLY DEFERRED;
COMMENT ON TABLE card IS 'Ordinary cards.';
COMMENT ON COLUMN card.printed_name IS 'The name on the card, encrypted.';
COMMENT ON COLUMN card.since IS 'When the card came to its stage; empty until it is posted.';
COMMENT ON CONSTRAINT card_one_active ON card IS 'At most one active ordinary card per holder and issuer, unless it may be kept.';

ALTER TABLE card_order ADD FOREIGN KEY (card_id) REFERENCES card (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX card_order_card ON card_order (card_id);

CREATE TABLE delivery (
    id         uuid PRIMARY KEY,
    order_id   uuid NOT NULL REFERENCES card_order (id),
    card_id    uuid NOT NULL REFERENCES card (id),
    person_id  uuid NOT NULL REFERENCES person (id),
    method     text NOT NULL CHECK (method IN ('a_post', 'rek', 'to_office')),
    forwarded  boolean NOT NULL,
    rek_id     text,
    stage      text NOT NULL CHECK (stage IN ('prepared', 'posted', 'notice_sent', 'at_service_point', 'collected', 'assumed_delivered', 'returned_to_sender', 'lost', 'reported_missing', 'late_arrival')),
    since      timestamptz NOT NULL,
    version    bigint NOT NULL,
    CHECK (method = 'rek' OR rek_id IS NULL)
);
CREATE INDEX delivery_order ON delivery (order_id);
CREATE INDEX delivery_card ON delivery (card_id);
CREATE INDEX delivery_person ON delivery (person_id);
CREATE INDEX delivery_rek_id ON delivery (rek_id);
ALTER TABLE card_order ADD FOREIGN KEY (delivery_id) REFERENCES delivery (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX card_order_delivery ON card_order (delivery_id);
COMMENT ON TABLE delivery IS 'Sendings of cards by post.';
COMMENT ON COLUMN delivery.forwarded IS 'Sent through the Tax Agency''s forwarding, for a protected person.';

CREATE TABLE chip_code (
    id        uuid PRIMARY KEY,
    card_id   uuid NOT NULL REFERENCES card (id),
    person_id uuid NOT NULL REFERENCES person (id),
    name      text NOT NULL CHECK (name IN ('pin1', 'pin2', 'puk')),
    stage     text NOT NULL CHECK (stage IN ('not_set', 'ok', 'locked', 'gone')),
    since     timestamptz NOT NULL,
    version   bigint NOT NULL,
    UNIQUE (card_id, name)
);
CREATE INDEX chip_code_person ON chip_code (person_id);
COMMENT ON TABLE chip_code IS 'What is known of the codes on a chip. Never the codes.';

CREATE TABLE receipt (
    id            uuid PRIMARY KEY,
    card_id       uuid NOT NULL REFERENCES card (id),
    person_id     uuid NOT NULL REFERENCES person (id),
    terms_version text NOT NULL,
    signature     jsonb,
    stage         text NOT NULL CHECK (stage IN ('pending', 'signed', 'refused', 'timed_out', 'lapsed')),
    since         timestamptz NOT NULL,
    version       bigint NOT NULL,
    CHECK ((stage = 'signed') = (signature IS NOT NULL))
);
CREATE INDEX receipt_card ON receipt (card_id);
CREATE INDEX receipt_person ON receipt (person_id);
CREATE UNIQUE INDEX receipt_one_pending ON receipt (card_id) WHERE stage = 'pending';
COMMENT ON TABLE receipt IS 'Receipts that holders sign for their cards.';
COMMENT ON COLUMN receipt.signature IS 'How and when it was signed, and where the evidence is.';

CREATE TABLE certificate (
    id        uuid PRIMARY KEY,
    card_id   uuid NOT NULL REFERENCES card (id),
    person_id uuid NOT NULL REFERENCES person (id),
    stage     text NOT NULL CHECK (stage IN ('requested', 'issued', 'active', 'off_card', 'superseded', 'revoked', 'expired')),
    since     timestamptz NOT NULL,
    version   bigint NOT NULL
);
CREATE INDEX certificate_card ON certificate (card_id);
CREATE INDEX certificate_person ON certificate (person_id);
COMMENT ON TABLE certificate IS 'Certificates on cards.';

CREATE TABLE puk_letter (
    id        uuid PRIMARY KEY,
    card_id   uuid NOT NULL REFERENCES card (id),
    person_id uuid NOT NULL REFERENCES person (id),
    reason    text NOT NULL CHECK (reason IN ('locked', 'lost_codes', 'never_received')),
    requested_by uuid NOT NULL REFERENCES person (id),
    stage     text NOT NULL CHECK (stage IN ('requested', 'approved', 'printing', 'mailed', 'at_service_point', 'collected', 'used', 'rejected', 'cancelled', 'returned_to_sender', 'failed', 'closed')),
    since     timestamptz NOT NULL,
    version   bigint NOT NULL
);
CREATE INDEX puk_letter_card ON puk_letter (card_id);
CREATE INDEX puk_letter_person ON puk_letter (person_id);
CREATE INDEX puk_letter_requested_by ON puk_letter (requested_by);
CREATE UNIQUE INDEX puk_letter_one_open ON puk_letter (card_id)
    WHERE stage IN ('requested', 'approved', 'printing', 'mailed', 'at_service_point');
COMMENT ON TABLE puk_letter IS 'Letters with a code that unlocks a card.';

CREATE TABLE photo (
    id        uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person (id),
    order_id  uuid NOT NULL REFERENCES card_order (id),
    office_id uuid NOT NULL REFERENCES office (id),
    taken_by  uuid NOT NULL REFERENCES person (id),
    taken_on  date NOT NULL,
    source    text NOT NULL CHECK (source IN ('desk', 'upload')),
    stage     text NOT NULL CHECK (stage IN ('captured', 'approved', 'rejected')),
    since     timestamptz NOT NULL,
    version   bigint NOT NULL
);
CREATE INDEX photo_person ON photo (person_id, taken_on DESC);
CREATE INDEX photo_order ON photo (order_id);
CREATE INDEX photo_office ON photo (office_id, since);
CREATE INDEX photo_taken_by ON photo (taken_by);
COMMENT ON TABLE photo IS 'Photos for cards; the pictures stand in photo_picture.';
COMMENT ON COLUMN photo.office_id IS 'Where it was taken: the card is activated there, also when the photo is used again.';
ALTER TABLE card_order ADD FOREIGN KEY (photo_id) REFERENCES photo (id);

CREATE TABLE photo_picture (
    photo_id  uuid PRIMARY KEY REFERENCES photo (id),
    jpeg      bytea NOT NULL,
    thumbnail bytea NOT NULL
);
COMMENT ON TABLE photo_picture IS 'The pictures, encrypted.';

CREATE TABLE revocation (
    id              uuid PRIMARY KEY,
    card_id         uuid NOT NULL REFERENCES card (id),
    person_id       uuid NOT NULL REFERENCES person (id),
    organisation_id uuid NOT NULL REFERENCES organisation (id),
    reason          text NOT NULL CHECK (reason IN ('lost', 'stolen', 'codes_compromised', 'card_damaged', 'superseded', 'replaced_undelivered', 'name_changed', 'data_wrong', 'employment_ended', 'not_returned', 'returned', 'not_activated_in_time', 'receipt_not_signed', 'wrongly_issued', 'person_deceased', 'misuse', 'issuer_decision')),
    reporter        text NOT NULL CHECK (reporter IN ('holder_logged_in', 'holder_in_person', 'called_back', 'known_manager', 'unverified_caller', 'office')),
    steps           jsonb NOT NULL,
    reported_at     timestamptz NOT NULL,
    executed_at     timestamptz,
    stage           text NOT NULL CHECK (stage IN ('reported', 'external_steps_pending', 'closed', 'withdrawn')),
    since           timestamptz NOT NULL,
    version         bigint NOT NULL,
    CHECK ((stage IN ('external_steps_pending', 'closed')) = (executed_at IS NOT NULL))
);
CREATE INDEX revocation_card ON revocation (card_id);
CREATE INDEX revocation_person ON revocation (person_id);
CREATE INDEX revocation_organisation ON revocation (organisation_id, stage);
CREATE UNIQUE INDEX revocation_one_reported ON revocation (card_id) WHERE stage = 'reported';
COMMENT ON TABLE revocation IS 'Cases of revocation that a person asked for, with what must be done outside.';
COMMENT ON COLUMN revocation.steps IS 'Steps outside (Telia, police) and how each ended or stands.';

CREATE TRIGGER card_order_steps AFTER INSERT OR UPDATE OF stage ON card_order
    FOR EACH ROW EXECUTE FUNCTION enforce_step('card_order');
CREATE CONSTRAINT TRIGGER card_order_recorded AFTER INSERT OR UPDATE OR DELETE ON card_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER card_steps AFTER INSERT OR UPDATE OF stage ON card
    FOR EACH ROW EXECUTE FUNCTION enforce_step('card');
CREATE CONSTRAINT TRIGGER card_recorded AFTER INSERT OR UPDATE OR DELETE ON card
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER delivery_steps AFTER INSERT OR UPDATE OF stage ON delivery
    FOR EACH ROW EXECUTE FUNCTION enforce_step('delivery');
CREATE CONSTRAINT TRIGGER delivery_recorded AFTER INSERT OR UPDATE OR DELETE ON delivery
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER chip_code_steps AFTER INSERT OR UPDATE OF stage ON chip_code
    FOR EACH ROW EXECUTE FUNCTION enforce_step('chip_code');
CREATE CONSTRAINT TRIGGER chip_code_recorded AFTER INSERT OR UPDATE OR DELETE ON chip_code
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER receipt_steps AFTER INSERT OR UPDATE OF stage ON receipt
    FOR EACH ROW EXECUTE FUNCTION enforce_step('receipt');
CREATE CONSTRAINT TRIGGER receipt_recorded AFTER INSERT OR UPDATE OR DELETE ON receipt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER certificate_steps AFTER INSERT OR UPDATE OF stage ON certificate
    FOR EACH ROW EXECUTE FUNCTION enforce_step('certificate');
CREATE CONSTRAINT TRIGGER certificate_recorded AFTER INSERT OR UPDATE OR DELETE ON certificate
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER puk_letter_steps AFTER INSERT OR UPDATE OF stage ON puk_letter
    FOR EACH ROW EXECUTE FUNCTION enforce_step('puk_letter');
CREATE CONSTRAINT TRIGGER puk_letter_recorded AFTER INSERT OR UPDATE OR DELETE ON puk_letter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();

CREATE TRIGGER photo_steps AFTER INSERT OR UPDATE OF stage ON photo
    FOR EACH ROW EXECUTE FUNCTION enforce_step('photo');
CREATE CONSTRAINT TRIGGER photo_recorded AFTER INSERT OR UPDATE OR DELETE ON photo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();
CREATE TRIGGER revocation_steps AFTER INSERT OR UPDATE OF stage ON revocation
    FOR EACH ROW EXECUTE FUNCTION enforce_step('revocation');
CREATE CONSTRAINT TRIGGER revocation_recorded AFTER INSERT OR UPDATE OR DELETE ON revocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_journal_line();

GRANT SELECT, INSERT, UPDATE ON card_order, card, delivery, chip_code, receipt, certificate, puk_letter, photo, revocation TO kortkontor_app;
GRANT SELECT, INSERT ON photo_picture TO kortkontor_app;
GRANT SELECT ON allowed_step TO kortkontor_app, kortkontor_read;
GRANT USAGE ON SEQUENCE order_number_seq TO kortkontor_app;
GRANT SELECT ON card_order, card, delivery, chip_code, receipt, certificate, puk_letter, photo, revocation TO kortkontor_read;
