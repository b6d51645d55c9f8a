package com.example.shop;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * The shop's database: an H2 file among the shop's files.
 */
@Component
public class ShopDatabase implements JdbcConnectionDetails {

	private final ShopFiles files;

	ShopDatabase(ShopFiles files) {
		this.files = files;
	}

	@Override
	public String getJdbcUrl() {
		return "jdbc:h2:file:" + this.files.path("database");
	}

	@Override
	public String getUsername() {
		return "shop";
	}

	@Override
	public String getPassword() {
		return "";
	}

}
