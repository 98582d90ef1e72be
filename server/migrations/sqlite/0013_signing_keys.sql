-- The keys that sign what success pages receive (Ed25519): the public half, and sealed what the private half is made of.
CREATE TABLE signing_keys (
    thumbprint TEXT PRIMARY KEY NOT NULL,
    public_key BLOB NOT NULL,
    sealed_seed BLOB NOT NULL,
    signs_from INTEGER NOT NULL
) STRICT;
