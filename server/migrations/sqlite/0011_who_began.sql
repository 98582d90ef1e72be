-- Who began a sign-in: the origin of the page that asked for its address, and the SHA-256 of the proof that this page was
-- given along with it. Sign-ins under way have neither and go on: their start page names them and waits for a press.

ALTER TABLE attempts ADD COLUMN opener_origin TEXT;
ALTER TABLE attempts ADD COLUMN start_proof BLOB CHECK ((start_proof IS NULL) = (opener_origin IS NULL));
