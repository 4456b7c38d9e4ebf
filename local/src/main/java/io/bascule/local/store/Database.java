package io.bascule.local.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a database is and who may use it. */
public record Database(int port, String name, String username, String password) {

    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name);
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        return DriverManager.getConnection(url(), properties);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return username + "@" + url();
    }
}
