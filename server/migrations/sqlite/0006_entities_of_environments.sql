-- A legal entity of Dynamics 365 Finance is known by a few letters that many environments have, so its environment belongs
-- to its id, in what is connected and in what is still to be chosen.

UPDATE choices SET companies = (
    SELECT json_group_array(json_set(one.value, '$.id', t.environment || '/' || json_extract(one.value, '$.id')))
    FROM json_each(choices.companies) one,
        (SELECT json_extract(place, '$.environment') AS environment FROM ties
         WHERE connection_id = choices.connection_id) t
)
WHERE connection_id IN (
    SELECT connection_id FROM ties
    WHERE service = 'dynamics365Finance' AND json_extract(place, '$.environment') IS NOT NULL
);

UPDATE ties SET company_id = json_extract(place, '$.environment') || '/' || company_id
WHERE service = 'dynamics365Finance' AND company_id IS NOT NULL
    AND json_extract(place, '$.environment') IS NOT NULL;
