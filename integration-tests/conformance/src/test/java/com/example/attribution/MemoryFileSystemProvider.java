package com.example.attribution;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.DirectoryStream.Filter;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file system of one file that never leaves the heap.
 */
class MemoryFileSystemProvider extends FileSystemProvider {

	private final byte[] content;

	MemoryFileSystemProvider(String content) {
		this.content = content.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Returns the one file.
	 */
	Path path() {
		FileSystem system = new MemoryFileSystem(this);
		return answering(Path.class, Map.of("getFileSystem", system, "toString", "memory"));
	}

	@Override
	public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
			FileAttribute<?>... attributes) {
		ByteBuffer left = ByteBuffer.wrap(this.content);
		InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
			case "size" -> (long) this.content.length;
			case "position" -> (long) left.position();
			case "read" -> read(left, (ByteBuffer) arguments[0]);
			case "isOpen" -> true;
			case "close" -> null;
			default -> throw new UnsupportedOperationException(method.toString());
		};
		return (SeekableByteChannel) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { SeekableByteChannel.class }, handler);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) {
		return (A) answering(BasicFileAttributes.class, Map.of("size", (long) this.content.length, "isRegularFile",
				true, "isDirectory", false, "isSymbolicLink", false, "isOther", false));
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) {
	}

	@Override
	public String getScheme() {
		return "memory";
	}

	@Override
	public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
		throw new UnsupportedOperationException();
	}

	@Override
	public FileSystem getFileSystem(URI uri) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Path getPath(URI uri) {
		throw new UnsupportedOperationException();
	}

	@Override
	public DirectoryStream<Path> newDirectoryStream(Path directory, Filter<? super Path> filter) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void createDirectory(Path directory, FileAttribute<?>... attributes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void delete(Path path) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void copy(Path source, Path target, CopyOption... options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void move(Path source, Path target, CopyOption... options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isSameFile(Path path, Path other) {
		return path == other;
	}

	@Override
	public boolean isHidden(Path path) {
		return false;
	}

	@Override
	public FileStore getFileStore(Path path) {
		throw new UnsupportedOperationException();
	}

	@Override
	public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
		throw new UnsupportedOperationException();
	}

	private static int read(ByteBuffer from, ByteBuffer to) {
		if (!from.hasRemaining()) {
			return -1;
		}
		int count = Math.min(from.remaining(), to.remaining());
		for (int i = 0; i < count; i++) {
			to.put(from.get());
		}
		return count;
	}

	private static <T> T answering(Class<T> type, Map<String, Object> answers) {
		return type.cast(Proxy.newProxyInstance(MemoryFileSystemProvider.class.getClassLoader(),
				new Class<?>[] { type }, (proxy, method, arguments) -> {
					if (!answers.containsKey(method.getName())) {
						throw new UnsupportedOperationException(method.toString());
					}
					return answers.get(method.getName());
				}));
	}

	/**
	 * Knows nothing but its provider.
	 */
	private static final class MemoryFileSystem extends FileSystem {

		private final FileSystemProvider provider;

		private MemoryFileSystem(FileSystemProvider provider) {
			this.provider = provider;
		}

		@Override
		public FileSystemProvider provider() {
			return this.provider;
		}

		@Override
		public void close() throws IOException {
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean isReadOnly() {
			return true;
		}

		@Override
		public String getSeparator() {
			return "/";
		}

		@Override
		public Iterable<Path> getRootDirectories() {
			return List.of();
		}

		@Override
		public Iterable<FileStore> getFileStores() {
			return List.of();
		}

		@Override
		public Set<String> supportedFileAttributeViews() {
			return Set.of("basic");
		}

		@Override
		public Path getPath(String first, String... more) {
			throw new UnsupportedOperationException();
		}

		@Override
		public PathMatcher getPathMatcher(String syntaxAndPattern) {
			throw new UnsupportedOperationException();
		}

		@Override
		public UserPrincipalLookupService getUserPrincipalLookupService() {
			throw new UnsupportedOperationException();
		}

		@Override
		public WatchService newWatchService() {
			throw new UnsupportedOperationException();
		}

	}

}
