-- The version of the calendar of holidays: raised by every change of them (app/holidays.h).
INSERT INTO setting (name, value) VALUES ('calendar', '1');
