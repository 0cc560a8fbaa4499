DROP TABLE client_token, client_assertion, client;
