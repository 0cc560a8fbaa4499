-- Endings wait not only when they are too many: an entry that cannot be read may be about any of the
-- persons whom the file seems to lack, and of a file that lost its end nobody is missing for sure.
ALTER TABLE ending_stop
    ADD COLUMN why text NOT NULL DEFAULT 'too_many'
        CHECK (why IN ('too_many', 'unreadable_entry', 'end_lost'));
COMMENT ON COLUMN ending_stop.why IS 'Why nobody was ended at once. too_many: more than a person would expect. unreadable_entry: an entry may be about any of them. end_lost: the file may have held them.';
COMMENT ON TABLE ending_stop IS 'Where nobody was ended at once of those whom a full feed did not hold. Plain data, edited through the ledger.';
