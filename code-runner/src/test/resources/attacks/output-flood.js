const handler = () => ['ok', 'x'.repeat(8 << 20)];
