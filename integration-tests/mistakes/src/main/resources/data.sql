insert into invoice(id, customer, total) values (1, 'ada', 10), (2, 'bob', 20);
