extern int declared(void);
