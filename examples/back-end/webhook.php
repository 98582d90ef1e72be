<?php
// Whether a webhook is the Connect server's, in PHP alone (docs/webhooks.md, "Verifying"). Run by hand: php webhook.php
// <webhook-id> <webhook-timestamp> <webhook-signature>, with the body at standard input and the secret in
// CONNECT_WEBHOOK_SECRET.
declare(strict_types=1);

/**
 * The event in a delivery of the last five minutes. The headers are array_change_key_case(getallheaders()), the body is
 * file_get_contents('php://input').
 */
function verifyWebhook(array $headers, string $body, #[\SensitiveParameter] string $secret): array
{
    if (!str_starts_with($secret, 'whsec_')) {
        throw new RuntimeException("not a webhook's secret");
    }
    $time = $headers['webhook-timestamp'] ?? '';
    if (abs(time() - (int) $time) > 5 * 60) {
        throw new RuntimeException('not of the last five minutes');
    }
    $signed = ($headers['webhook-id'] ?? '') . ".$time.$body";
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
    // Two of them while a secret is being replaced.
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $given) {
        if (hash_equals($expected, $given)) {
            // Its id may come again: keep it for a day, and pass over what you have seen.
            return json_decode($body, true, 32, JSON_THROW_ON_ERROR);
        }
    }
    throw new RuntimeException('the signature does not fit');
}

if (realpath($argv[0] ?? '') === __FILE__) {
    [, $id, $time, $signature] = $argv + [1 => '', '', ''];
    $headers = ['webhook-id' => $id, 'webhook-timestamp' => $time, 'webhook-signature' => $signature];
    try {
        $body = file_get_contents('php://stdin');
        echo json_encode(verifyWebhook($headers, $body, (string) getenv('CONNECT_WEBHOOK_SECRET')), JSON_THROW_ON_ERROR), "\n";
    } catch (Exception $error) {
        fwrite(STDERR, $error->getMessage() . "\n");
        exit(1);
    }
}
