package io.github.loopguard.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A repository of two modules, one of which is tested.
 */
record Repository(Path root) {

	static Repository create(Path root) throws IOException {
		Files.createDirectories(root.resolve(".git"));
		Repository repository = new Repository(root);
		repository.write("web/src/main/java/com/acme/InvoiceController.java", "package com.acme;");
		repository.write("web/src/test/java/com/acme/InvoiceTests.java", "package com.acme;");
		repository.write("core/src/main/java/com/acme/Router.java", "package com.acme;");
		return repository;
	}

	void write(String path, String content) throws IOException {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	SourceFinder sources() {
		Path jar = this.root.resolve("core/target/core-1.0.jar");
		Path classes = this.root.resolve("web/target/classes");
		return SourceFinder.of(this.root.resolve("web"), classes + File.pathSeparator + jar);
	}

}
