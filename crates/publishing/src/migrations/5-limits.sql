-- What the account's server allows in one message, JSON; NULL until the server was asked.
ALTER TABLE accounts ADD COLUMN limits TEXT;
