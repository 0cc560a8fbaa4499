-- In whose lists a clock stands, so that a page of a list is read in order and nothing is sorted.
ALTER TABLE deadline
    ADD COLUMN organisation_id uuid REFERENCES organisation (id),
    ADD COLUMN office_id       uuid REFERENCES office (id);
UPDATE deadline AS d SET organisation_id = c.organisation_id, office_id = c.office_id
FROM card AS c WHERE c.id = d.thing_id;
UPDATE deadline AS d SET organisation_id = o.organisation_id
FROM card_order AS o WHERE o.id = d.thing_id;
UPDATE deadline AS d SET organisation_id = r.organisation_id
FROM revocation AS r WHERE r.id = d.thing_id;
ALTER TABLE deadline ALTER COLUMN organisation_id SET NOT NULL;
CREATE INDEX deadline_organisation ON deadline (organisation_id, rule, acts_at, thing_id) WHERE stopped_at IS NULL;
CREATE INDEX deadline_office ON deadline (office_id, rule, acts_at, thing_id) WHERE stopped_at IS NULL;
COMMENT ON COLUMN deadline.organisation_id IS 'Whose thing it is.';
COMMENT ON COLUMN deadline.office_id IS 'The office that has to act; empty where any officer of the organisation may.';

CREATE INDEX card_to_cut ON card (office_id, since, id) WHERE custody = 'office' AND stage IN ('revoked', 'expired');
CREATE INDEX puk_letter_requested ON puk_letter (since, id) WHERE stage = 'requested';
CREATE INDEX card_order_under_way ON card_order (organisation_id, coalesce(photo_on, submitted_on))
    WHERE stage IN ('sent_to_manufacturer', 'produced', 'dispatched');
CREATE INDEX delivery_strayed ON delivery (order_id)
    WHERE stage IN ('returned_to_sender', 'lost', 'reported_missing');
