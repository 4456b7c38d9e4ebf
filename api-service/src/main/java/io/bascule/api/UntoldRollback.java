package io.bascule.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedRuntimeException;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * What went wrong in a transaction is told, and not that it could not be rolled back after that: then its connection is gone, and
 * the database rolls back by itself. Else a store that goes away between two statements would be answered for with 500.
 */
@Configuration(proxyBeanMethods = false)
class UntoldRollback {

    private static final Logger log = LoggerFactory.getLogger(UntoldRollback.class);

    @Bean
    JpaTransactionManager transactionManager(ObjectProvider<TransactionManagerCustomizers> customizers) {
        var transactions = new Transactions();
        customizers.ifAvailable(all -> all.customize(transactions));
        return transactions;
    }

    private static final class Transactions extends JpaTransactionManager {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                super.doRollback(status);
            } catch (NestedRuntimeException gone) {
                log.debug("A transaction is left for the database to roll back", gone);
            }
        }
    }
}
