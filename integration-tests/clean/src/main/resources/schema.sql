create table orders(id identity primary key, article varchar(40) not null);
insert into orders(article) values ('pencil'), ('paper');
