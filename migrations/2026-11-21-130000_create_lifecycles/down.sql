ALTER TABLE card_order DROP CONSTRAINT card_order_card_id_fkey, DROP CONSTRAINT card_order_delivery_id_fkey,
    DROP CONSTRAINT card_order_photo_id_fkey;
DROP TABLE photo_picture, photo, revocation, puk_letter, certificate, receipt, chip_code, delivery, card, card_order;
DROP SEQUENCE order_number_seq;
DROP FUNCTION enforce_step();
DROP TABLE allowed_step;
