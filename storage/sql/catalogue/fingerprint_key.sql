SELECT value FROM secret WHERE name = 'fingerprint';
