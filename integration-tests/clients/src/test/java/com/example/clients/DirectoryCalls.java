package com.example.clients;

import java.util.Hashtable;
import java.util.Properties;

import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.core.support.LdapContextSource;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Clients of directories and mail servers.
 */
@Component
class DirectoryCalls implements Calls {

	private final Hashtable<String, String> jndi = new Hashtable<>();

	private final LDAPConnection unboundId;

	private final LdapTemplate ldapTemplate;

	private final Transport smtp;

	private final Store imap;

	private final JavaMailSenderImpl mailSender = new JavaMailSenderImpl();

	DirectoryCalls(SilentServer server) throws LDAPException, MessagingException {
		String patience = String.valueOf(SilentServer.PATIENCE);
		this.jndi.put("java.naming.factory.initial", "com.sun.jndi.ldap.LdapCtxFactory");
		this.jndi.put("java.naming.provider.url", "ldap://" + server.address());
		this.jndi.put("com.sun.jndi.ldap.connect.timeout", patience);
		this.jndi.put("com.sun.jndi.ldap.read.timeout", patience);
		LDAPConnectionOptions options = new LDAPConnectionOptions();
		options.setResponseTimeoutMillis(SilentServer.PATIENCE);
		this.unboundId = new LDAPConnection(options, "127.0.0.1", server.port());
		LdapContextSource source = new LdapContextSource();
		source.setUrl("ldap://" + server.address());
		source.setAnonymousReadOnly(true);
		source.setBaseEnvironmentProperties(java.util.Map.of("com.sun.jndi.ldap.connect.timeout", patience,
				"com.sun.jndi.ldap.read.timeout", patience));
		source.afterPropertiesSet();
		this.ldapTemplate = new LdapTemplate(source);
		Properties mail = new Properties();
		for (String protocol : new String[] { "smtp", "imap" }) {
			mail.put("mail." + protocol + ".host", "127.0.0.1");
			mail.put("mail." + protocol + ".port", String.valueOf(server.port()));
			mail.put("mail." + protocol + ".timeout", patience);
			mail.put("mail." + protocol + ".connectiontimeout", patience);
		}
		mail.put("mail.smtp.localhost", "localhost");
		Session session = Session.getInstance(mail);
		this.smtp = session.getTransport("smtp");
		this.imap = session.getStore("imap");
		this.mailSender.setJavaMailProperties(mail);
		this.mailSender.setHost("127.0.0.1");
		this.mailSender.setPort(server.port());
	}

	@Waits(rule = "blocking-client", api = "javax.naming.directory.InitialDirContext.<init>",
			line = "new InitialDirContext(", fix = "JNDI has no asynchronous form")
	void jndiConnect() throws NamingException {
		new InitialDirContext(this.jndi);
	}

	@Waits(rule = "blocking-client", api = "com.unboundid.ldap.sdk.LDAPConnection.search",
			line = "this.unboundId.search(", fix = "asyncSearch")
	void unboundIdSearch() throws LDAPException {
		this.unboundId.search("dc=example,dc=com", SearchScope.SUB, "(uid=one)");
	}

	@Waits(rule = "blocking-client", api = "org.springframework.ldap.core.LdapTemplate.lookup",
			line = "this.ldapTemplate.lookup(", fix = "bridge.call")
	void ldapTemplate() {
		this.ldapTemplate.lookup("uid=one");
	}

	@Waits(rule = "blocking-client", api = "jakarta.mail.Service.connect", line = "this.smtp.connect()",
			fix = "HTTP API")
	void smtpConnect() throws MessagingException {
		this.smtp.connect();
	}

	@Waits(rule = "blocking-client", api = "jakarta.mail.Service.connect", line = "this.imap.connect(",
			fix = "HTTP API")
	void imapConnect() throws MessagingException {
		this.imap.connect("me", "secret");
	}

	@Waits(rule = "blocking-client", api = "org.springframework.mail.javamail.JavaMailSenderImpl.send",
			line = "this.mailSender.send(", fix = "HTTP API")
	void mailSender() {
		SimpleMailMessage message = new SimpleMailMessage();
		message.setFrom("me@example.com");
		message.setTo("you@example.com");
		message.setText("hello");
		this.mailSender.send(message);
	}

}
