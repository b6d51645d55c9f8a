package com.example.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

import org.springframework.stereotype.Component;

/**
 * A key with its certificate in a key store and in PEM files.
 */
@Component
class TlsMaterial {

	static final String PASSWORD = "password";

	private final Path store;

	private final Path key;

	private final Path certificate;

	TlsMaterial(Workspace workspace) throws Exception {
		this.store = workspace.fresh();
		this.key = workspace.fresh();
		this.certificate = workspace.fresh();
		generate();
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.store)) {
			keyStore.load(in, PASSWORD.toCharArray());
		}
		Certificate chain = keyStore.getCertificate("key");
		Files.writeString(this.certificate, pem("CERTIFICATE", chain.getEncoded()));
		Files.writeString(this.key, pem("PRIVATE KEY", keyStore.getKey("key", PASSWORD.toCharArray()).getEncoded()));
	}

	Path store() {
		return this.store;
	}

	Path key() {
		return this.key;
	}

	Path certificate() {
		return this.certificate;
	}

	private void generate() throws IOException, InterruptedException {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		int status = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname",
				"CN=localhost", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", this.store.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		if (status != 0) {
			throw new IllegalStateException("keytool ended with " + status);
		}
	}

	private static String pem(String type, byte[] encoded) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END " + type
				+ "-----\n";
	}

}
