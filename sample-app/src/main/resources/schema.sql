create table if not exists article (
	number int primary key,
	name varchar(100) not null,
	cents int not null,
	sold int not null default 0
);
