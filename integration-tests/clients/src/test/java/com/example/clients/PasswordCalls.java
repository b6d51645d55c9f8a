package com.example.clients;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.scrypt.SCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Password encoders, which are made to be slow.
 */
@Component
class PasswordCalls implements Calls {

	private static final String CRYPTO = "org.springframework.security.crypto.";

	private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(4);

	private final Argon2PasswordEncoder argon2 = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

	private final SCryptPasswordEncoder scrypt = SCryptPasswordEncoder.defaultsForSpringSecurity_v5_8();

	private final Pbkdf2PasswordEncoder pbkdf2 = Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8();

	private final PasswordEncoder delegating = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	private final String encoded = this.bcrypt.encode("secret");

	@Waits(rule = "cpu-heavy", api = CRYPTO + "bcrypt.BCryptPasswordEncoder.matches", line = "this.bcrypt.matches(",
			fix = "bridge.cpu")
	void bcrypt() {
		this.bcrypt.matches("secret", this.encoded);
	}

	@Waits(rule = "cpu-heavy", api = CRYPTO + "argon2.Argon2PasswordEncoder.encode", line = "this.argon2.encode(",
			fix = "bridge.cpu")
	void argon2() {
		this.argon2.encode("secret");
	}

	@Waits(rule = "cpu-heavy", api = CRYPTO + "scrypt.SCryptPasswordEncoder.encode", line = "this.scrypt.encode(",
			fix = "bridge.cpu")
	void scrypt() {
		this.scrypt.encode("secret");
	}

	@Waits(rule = "cpu-heavy", api = CRYPTO + "password.Pbkdf2PasswordEncoder.encode", line = "this.pbkdf2.encode(",
			fix = "bridge.cpu")
	void pbkdf2() {
		this.pbkdf2.encode("secret");
	}

	@Waits(rule = "cpu-heavy", api = CRYPTO + "bcrypt.BCryptPasswordEncoder.matches", line = "this.delegating.matches(",
			fix = "bridge.cpu")
	void delegating() {
		this.delegating.matches("secret", "{bcrypt}" + this.encoded);
	}

}
