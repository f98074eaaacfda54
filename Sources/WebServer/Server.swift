import CSockets
