package io.bascule.api.keys;

import io.bascule.testsupport.TestDatabase;
import java.util.Base64;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The platform's keys in a test's database, as a pod has them. */
public final class TestKeys {

    private TestKeys() {}

    public static PlatformKeys of(TestDatabase database) {
        return of(database, 0);
    }

    /** As a pod has them whose master key begins with this byte. */
    static PlatformKeys of(TestDatabase database, int masterKeyByte) {
        byte[] master = new byte[32];
        master[0] = (byte) masterKeyByte;
        var dataSource = database.dataSource();
        return new PlatformKeys(
                JdbcClient.create(dataSource),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                MasterKey.from(new SecretsProperties(null, Base64.getEncoder().encodeToString(master), null, null)));
    }
}
