package com.example.conformance;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipalLookupService;

import org.springframework.stereotype.Component;

/**
 * Asks for the state of files.
 */
@Component
class FileStateOperations implements Operations {

	private final Path path;

	private final File file;

	FileStateOperations(Workspace workspace) {
		this.path = workspace.file();
		this.file = workspace.file().toFile();
	}

	FileStore store() throws IOException {
		return Files.getFileStore(this.path);
	}

	FileChannel channel() throws IOException {
		return FileChannel.open(this.path);
	}

	RandomAccessFile randomAccess() throws IOException {
		return new RandomAccessFile(this.file, "r");
	}

	@Blocks(rule = "file-stat", api = "java.io.File.exists")
	void fileExists() {
		this.file.exists();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.length")
	void fileLength() {
		this.file.length();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.isFile")
	void fileIsFile() {
		this.file.isFile();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.isDirectory")
	void fileIsDirectory() {
		this.file.isDirectory();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.lastModified")
	void fileLastModified() {
		this.file.lastModified();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.canRead")
	void fileCanRead() {
		this.file.canRead();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.canWrite")
	void fileCanWrite() {
		this.file.canWrite();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.canExecute")
	void fileCanExecute() {
		this.file.canExecute();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.getCanonicalPath")
	void fileGetCanonicalPath() throws IOException {
		this.file.getCanonicalPath();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.getCanonicalFile")
	void fileGetCanonicalFile() throws IOException {
		this.file.getCanonicalFile();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.getTotalSpace")
	void fileGetTotalSpace() {
		this.file.getTotalSpace();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.getFreeSpace")
	void fileGetFreeSpace() {
		this.file.getFreeSpace();
	}

	@Blocks(rule = "file-stat", api = "java.io.File.getUsableSpace")
	void fileGetUsableSpace() {
		this.file.getUsableSpace();
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.exists")
	void exists() {
		Files.exists(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.notExists")
	void notExists() {
		Files.notExists(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.isRegularFile")
	void isRegularFile() {
		Files.isRegularFile(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.isDirectory")
	void isDirectory() {
		Files.isDirectory(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.isSymbolicLink")
	void isSymbolicLink() {
		Files.isSymbolicLink(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.isReadable")
	void isReadable() {
		Files.isReadable(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.isWritable")
	void isWritable() {
		Files.isWritable(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.size")
	void size() throws IOException {
		Files.size(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.getLastModifiedTime")
	void getLastModifiedTime() throws IOException {
		Files.getLastModifiedTime(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.getOwner")
	void getOwner() throws IOException {
		Files.getOwner(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.getPosixFilePermissions")
	void getPosixFilePermissions() throws IOException {
		Files.getPosixFilePermissions(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.getFileStore")
	void getFileStore() throws IOException {
		Files.getFileStore(this.path);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Files.readAttributes")
	void readAttributes() throws IOException {
		Files.readAttributes(this.path, BasicFileAttributes.class);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.Path.toRealPath")
	void toRealPath() throws IOException {
		this.path.toRealPath();
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.FileStore.getUsableSpace", given = "store")
	void fileStoreGetUsableSpace(FileStore store) throws IOException {
		store.getUsableSpace();
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.FileStore.getTotalSpace", given = "store")
	void fileStoreGetTotalSpace(FileStore store) throws IOException {
		store.getTotalSpace();
	}

	@Blocks(rule = "file-stat", api = "java.nio.channels.FileChannel.size", given = "channel")
	void channelSize(FileChannel channel) throws IOException {
		channel.size();
	}

	@Blocks(rule = "file-stat", api = "java.io.RandomAccessFile.length", given = "randomAccess")
	void randomAccessLength(RandomAccessFile randomAccess) throws IOException {
		randomAccess.length();
	}

	AsynchronousFileChannel asynchronous() throws IOException {
		return AsynchronousFileChannel.open(this.path);
	}

	FileInputStream stream() throws IOException {
		return new FileInputStream(this.file);
	}

	PosixFileAttributes attributes() throws IOException {
		return Files.readAttributes(this.path, PosixFileAttributes.class);
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.attribute.PosixFileAttributes.owner", given = "attributes")
	void attributesOwner(PosixFileAttributes attributes) {
		attributes.owner();
	}

	@Blocks(rule = "file-stat", api = "java.lang.Iterable.iterator")
	void getFileStores() {
		this.path.getFileSystem().getFileStores().iterator();
	}

	UserPrincipalLookupService principals() {
		return this.path.getFileSystem().getUserPrincipalLookupService();
	}

	@Blocks(rule = "file-stat", api = "java.nio.channels.AsynchronousFileChannel.size", given = "asynchronous")
	void asynchronousSize(AsynchronousFileChannel channel) throws IOException {
		channel.size();
	}

	@Blocks(rule = "file-stat", api = "java.io.RandomAccessFile.seek", given = "randomAccess")
	void randomAccessSeek(RandomAccessFile randomAccess) throws IOException {
		randomAccess.seek(1);
	}

	@Blocks(rule = "file-stat", api = "java.io.RandomAccessFile.getFilePointer", given = "randomAccess")
	void randomAccessGetFilePointer(RandomAccessFile randomAccess) throws IOException {
		randomAccess.getFilePointer();
	}

	@Blocks(rule = "file-stat", api = "java.io.FileInputStream.available", given = "stream")
	void streamAvailable(FileInputStream stream) throws IOException {
		stream.available();
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.attribute.UserPrincipalLookupService.lookupPrincipalByName",
			given = "principals")
	void lookupPrincipalByName(UserPrincipalLookupService principals) throws IOException {
		principals.lookupPrincipalByName("root");
	}

	@Blocks(rule = "file-stat", api = "java.nio.file.attribute.UserPrincipalLookupService.lookupPrincipalByGroupName",
			given = "principals")
	void lookupPrincipalByGroupName(UserPrincipalLookupService principals) throws IOException {
		principals.lookupPrincipalByGroupName("root");
	}

}
