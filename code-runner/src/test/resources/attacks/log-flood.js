const handler = () => { for (let n = 0; n < 2000; n++) console.log('x'.repeat(1000)); return 'ok'; };
