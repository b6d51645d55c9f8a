package com.example.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

import org.springframework.stereotype.Component;

/**
 * Creates, changes, moves and deletes files.
 */
@Component
class FileChangingOperations implements Operations {

	private final Workspace workspace;

	private final File changed;

	FileChangingOperations(Workspace workspace) throws IOException {
		this.workspace = workspace;
		this.changed = workspace.scratch().toFile();
	}

	Path path() throws IOException {
		return this.workspace.scratch();
	}

	Path nothing() {
		return this.workspace.fresh();
	}

	@Blocks(rule = "file-change", api = "java.io.File.delete", given = "path")
	void fileDelete(Path path) {
		path.toFile().delete();
	}

	@Blocks(rule = "file-change", api = "java.io.File.mkdir", given = "nothing")
	void fileMkdir(Path path) {
		path.toFile().mkdir();
	}

	@Blocks(rule = "file-change", api = "java.io.File.mkdirs", given = "nothing")
	void fileMkdirs(Path path) {
		path.resolve("below").toFile().mkdirs();
	}

	@Blocks(rule = "file-change", api = "java.io.File.renameTo", given = "path")
	void fileRenameTo(Path path) {
		path.toFile().renameTo(this.changed);
	}

	@Blocks(rule = "file-change", api = "java.io.File.createNewFile", given = "nothing")
	void fileCreateNewFile(Path path) throws IOException {
		path.toFile().createNewFile();
	}

	@Blocks(rule = "file-change", api = "java.io.File.createTempFile")
	void fileCreateTempFile() throws IOException {
		File.createTempFile("conformance", null, this.changed.getParentFile());
	}

	@Blocks(rule = "file-change", api = "java.io.File.setLastModified")
	void fileSetLastModified() {
		this.changed.setLastModified(0);
	}

	@Blocks(rule = "file-change", api = "java.io.File.setReadOnly", given = "path")
	void fileSetReadOnly(Path path) {
		path.toFile().setReadOnly();
	}

	@Blocks(rule = "file-change", api = "java.io.File.setWritable")
	void fileSetWritable() {
		this.changed.setWritable(true);
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.delete", given = "path")
	void delete(Path path) throws IOException {
		Files.delete(path);
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.deleteIfExists", given = "path")
	void deleteIfExists(Path path) throws IOException {
		Files.deleteIfExists(path);
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.move", given = "path")
	void move(Path path) throws IOException {
		Files.move(path, path.resolveSibling("moved-" + path.getFileName()));
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.createFile", given = "nothing")
	void createFile(Path path) throws IOException {
		Files.createFile(path);
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.createDirectory", given = "nothing")
	void createDirectory(Path path) throws IOException {
		Files.createDirectory(path);
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.createDirectories", given = "nothing")
	void createDirectories(Path path) throws IOException {
		Files.createDirectories(path.resolve("below"));
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.createTempFile")
	void createTempFile() throws IOException {
		Files.createTempFile(this.changed.toPath().getParent(), "conformance", null);
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.createTempDirectory")
	void createTempDirectory() throws IOException {
		Files.createTempDirectory(this.changed.toPath().getParent(), "conformance");
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.createSymbolicLink", given = "nothing")
	void createSymbolicLink(Path path) throws IOException {
		Files.createSymbolicLink(path, this.changed.toPath());
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.setLastModifiedTime", given = "path")
	void setLastModifiedTime(Path path) throws IOException {
		Files.setLastModifiedTime(path, FileTime.fromMillis(0));
	}

	@Blocks(rule = "file-change", api = "java.nio.file.Files.setPosixFilePermissions", given = "path")
	void setPosixFilePermissions(Path path) throws IOException {
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
	}

}
