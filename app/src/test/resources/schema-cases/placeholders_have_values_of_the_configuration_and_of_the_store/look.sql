SELECT plan, tenant = current_schema() AS tenant, script, history FROM orders
