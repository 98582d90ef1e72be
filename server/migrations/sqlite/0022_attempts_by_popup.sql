-- Whether somebody signed in at a connection since it was played with is asked at each status, and must not take longer because
-- it was played with often.
CREATE INDEX attempts_by_popup ON attempts (connection_id, number) WHERE way = 'popup';
