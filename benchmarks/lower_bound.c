/* What a compiled program needs for the work of benchmarks/batch.py: prices written into it,
 * no check of anything. It reads the rows from standard input and writes them priced.
 *
 *     cc -O2 benchmarks/lower_bound.c -o lower_bound
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* USD per unit in ten-thousandths: agents, numbers, sms, minutes. */
static const long PRICES[3][4] = {
    {400000, 60000, 185, 225}, /* iPro */
    {700000, 50000, 150, 215}, /* uPro */
    {900000, 40000, 125, 200}, /* xPro */
};

static char *amount(char *out, unsigned long cents) {
    char digits[24];
    int length = 0;
    while (length < 3 || cents) {
        digits[length++] = '0' + cents % 10;
        cents /= 10;
        if (length == 2) digits[length++] = '.';
    }
    if (length == 3) digits[length++] = '0' + cents % 10;
    while (length) *out++ = digits[--length];
    *out++ = ',';
    return out;
}

int main(void) {
    static char line[4096], row[8192];
    char *iobuf = malloc(1 << 20);
    setvbuf(stdout, iobuf, _IOFBF, 1 << 20);
    if (!fgets(line, sizeof line, stdin)) return 3;
    line[strcspn(line, "\n")] = 0;
    printf("%s,status,monthly,quarterly,annual,one_time,error\n", line);
    while (fgets(line, sizeof line, stdin)) {
        const long *prices = PRICES[line[0] == 'i' ? 0 : line[0] == 'u' ? 1 : 2];
        const char *at = strchr(line, ',');
        unsigned long cents = 0;
        for (int column = 0; column < 4; column++) {
            unsigned long quantity = 0;
            for (at++; *at >= '0' && *at <= '9'; at++) quantity = 10 * quantity + (*at - '0');
            cents += (quantity * prices[column] + 50) / 100;
        }
        size_t length = at - line;
        memcpy(row, line, length);
        char *out = row + length;
        memcpy(out, ",ok,", 4);
        out = amount(out + 4, cents);
        out = amount(out, 3 * cents);
        out = amount(out, 12 * cents);
        memcpy(out, "0.00,\n", 6);
        fwrite(row, 1, out + 6 - row, stdout);
    }
    return 0;
}
