CREATE TABLE a (
  s TEXT /* enum state */
) STRICT;
