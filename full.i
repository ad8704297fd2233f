# 1 "<farmcc>" 3
typedef unsigned long long __farm_count;struct __farm_own{unsigned int abi,counters;unsigned long long id;long long shift;unsigned long long*dummy;long long tls;};extern __attribute__((__weak__,__visibility__("default"))) void __farm_register(struct __farm_own*,char**);extern __attribute__((__weak__,__visibility__("default"))) unsigned long long*__farm_attach(struct __farm_own*);extern __attribute__((__weak__,__visibility__("default"))) void __farm_call(void);struct __farm_again{void*function;struct __farm_own*unit;unsigned long long counter;};__attribute__((__weak__,__visibility__("default"),__tls_model__("initial-exec"))) __thread char*__farm_tls;static unsigned long long __farm_dummy[3];__attribute__((__weak__,__used__,__visibility__("hidden"))) struct __farm_own __farm_u_27f5c48f1f9c4e2b={3,3,0x27f5c48f1f9c4e2bull,0,__farm_dummy,0};static __attribute__((__no_instrument_function__)) void __farm_start(void){if(__farm_register)__farm_register(&__farm_u_27f5c48f1f9c4e2b,&__farm_tls);}static __attribute__((__used__,__section__(".init_array.00050"))) void(*__farm_init)(void)=__farm_start;
__asm__(
".pushsection .farm_sites,\"\",%progbits\n"
".balign 8\n"
".ascii \"FST3w\\000\\000\\000+N\\234\\037\\217\\304\\365'\\003\\001\\002\\007\\001\\014\\001.\\004in.c\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\004work\\000\\003\\014\\001\\000\\001\\002\\000\\000\\004ma\"\n"
".ascii \"in\\000\\013\\006\\001\\000\\001\\002\\002\\000\\000\\000\\006\\000\\001\\002\\000\\000\\000\\004\\000\\001\\002\\000\\000\\000\\002\\001\\002\\002\\000\\002\\001\\000\\000\\002\\001\\001\\002\\001\\000\\000\\002\\000\\001\\002\\000\\002\\000\\006\\000\\001\\002\\002\\000\\000\\004\\000\\001\\002\\002\\000\\000\"\n"
".ascii \"\\014\\001\\002\\001\\001\\002\\000\\000\"\n"
".popsection\n"
);
# 1 "in.c"
/* Versions of a symbol: a second name with all the function's attributes would be versioned and hidden at once. */
__attribute__((__symver__("job@V_2"))) int work(int n);
__attribute__((__symver__("job@V_2"))) int work(int n)
{__farm_count*__farm_c __attribute__((__unused__))=__extension__({char*__farm_t=__farm_tls;__asm__ __inline__("test{q}\t%0,%0\n\tje\t2f\n\tadd{q}\t{__farm_u_27f5c48f1f9c4e2b+16(%%rip),%0|%0,QWORD PTR [rip+__farm_u_27f5c48f1f9c4e2b+16]}\n5:\n\t.weak\t__farm_attach_saved\n\t.subsection\t1\n2:\tlea{q}\t{-128(%%rsp),%%rsp|rsp,[rsp-128]}\n\tpush{q}\t{%%rax|rax}\n\tlea{q}\t{__farm_u_27f5c48f1f9c4e2b(%%rip),%%rax|rax,[rip+__farm_u_27f5c48f1f9c4e2b]}\n\tcmp{q}\t{$0,__farm_attach_saved@GOTPCREL(%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL],0}\n\tje\t3f\n\tcall\t{*__farm_attach_saved@GOTPCREL(%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL]}\n4:\txchg{q}\t{%%rax,(%%rsp)|QWORD PTR [rsp],rax}\n\tpop{q}\t%0\n\tlea{q}\t{128(%%rsp),%%rsp|rsp,[rsp+128]}\n\tjmp\t5b\n3:\tmov{q}\t{24(%%rax),%%rax|rax,QWORD PTR [rax+24]}\n\tjmp\t4b\n\t.previous":"+r"(__farm_t)::"cc");++((__farm_count*)(void*)__farm_t)[0];(__farm_count*)(void*)__farm_t;});
    int sum = 0;
    {__farm_count __farm_t1=0;for (int i = 0; i < n; i++)
        {++__farm_t1,sum += i;}__farm_c[1]+=__farm_t1;}
    return sum;
}

int main(void)
{__farm_count*__farm_c __attribute__((__unused__))=__extension__({char*__farm_t=__farm_tls;__asm__ __inline__("test{q}\t%0,%0\n\tje\t2f\n\tadd{q}\t{__farm_u_27f5c48f1f9c4e2b+16(%%rip),%0|%0,QWORD PTR [rip+__farm_u_27f5c48f1f9c4e2b+16]}\n5:\n\t.weak\t__farm_attach_saved\n\t.subsection\t1\n2:\tlea{q}\t{-128(%%rsp),%%rsp|rsp,[rsp-128]}\n\tpush{q}\t{%%rax|rax}\n\tlea{q}\t{__farm_u_27f5c48f1f9c4e2b(%%rip),%%rax|rax,[rip+__farm_u_27f5c48f1f9c4e2b]}\n\tcmp{q}\t{$0,__farm_attach_saved@GOTPCREL(%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL],0}\n\tje\t3f\n\tcall\t{*__farm_attach_saved@GOTPCREL(%%rip)|QWORD PTR [rip+__farm_attach_saved@GOTPCREL]}\n4:\txchg{q}\t{%%rax,(%%rsp)|QWORD PTR [rsp],rax}\n\tpop{q}\t%0\n\tlea{q}\t{128(%%rsp),%%rsp|rsp,[rsp+128]}\n\tjmp\t5b\n3:\tmov{q}\t{24(%%rax),%%rax|rax,QWORD PTR [rax+24]}\n\tjmp\t4b\n\t.previous":"+r"(__farm_t)::"cc");++((__farm_count*)(void*)__farm_t)[2];(__farm_count*)(void*)__farm_t;});
    return work(4) == 6 ? 0 : 1;
}
