SELECT coalesce(d.entity, c.entity), coalesce(d.key, c.key)
FROM (SELECT * FROM change AS last
      WHERE NOT EXISTS (SELECT 1 FROM change AS later
                        WHERE later.environment = last.environment AND later.entity = last.entity
                          AND later.key = last.key AND later.version > last.version)) AS c
FULL JOIN document AS d ON d.environment = c.environment AND d.entity = c.entity AND d.key = c.key
WHERE d.seq IS NOT c.seq OR d.version IS NOT c.version OR d.archived IS NOT c.archived OR d.text IS NOT c.document
LIMIT 1;
