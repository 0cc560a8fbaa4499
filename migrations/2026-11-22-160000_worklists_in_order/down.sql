DROP INDEX delivery_strayed;
DROP INDEX card_order_under_way;
DROP INDEX puk_letter_requested;
DROP INDEX card_to_cut;
ALTER TABLE deadline DROP COLUMN office_id, DROP COLUMN organisation_id;
