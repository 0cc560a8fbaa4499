DROP TABLE card_log_in;
