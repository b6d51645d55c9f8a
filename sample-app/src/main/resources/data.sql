merge into article (number, name, cents) values
	(1001, 'Kettle', 3900),
	(1002, 'Teapot', 2450),
	(1003, 'Cup', 790),
	(1004, 'Saucer', 450);
