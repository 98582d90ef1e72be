<?php
// What a back end does beside the widget, in PHP with its sodium extension (Debian: php-cli): it mints a session, checks what
// the success page received, redeems it, and then reads and ends connections. What it is told by itself is in webhook.php. Run
// by hand: php connect.php mint|check|redeem|list|company|call|disconnect …, with the three settings in the environment.
declare(strict_types=1);

final class Connect
{
    // A token counts once. PHP forgets after each request: keep this in your database, for ten minutes each.
    private array $seen = [];

    public function __construct(
        private string $url, // the Connect server's public_url
        private string $widgetId,
        #[\SensitiveParameter] private string $secretKey, // never in a page, never in a repository
    ) {
    }

    /** Makes a session for whoever is signed in at your site; sessionToken goes to the page, visitId stays with you. */
    public function mintSession(array $request): array
    {
        return $this->ask('POST', '/v2/sessions', $request);
    }

    /** Takes a token in: once, and only with your secret key. Repeated with the same key, it answers the same. */
    public function redeem(string $connectionToken, string $idempotencyKey): array
    {
        return $this->ask('POST', '/v2/connections/redeem', ['connectionToken' => $connectionToken], $idempotencyKey);
    }

    /**
     * Checks a token without asking the server (beside its public keys, which may be kept for an hour). The state is what
     * you kept with this visitor when you minted their session. Gives the token's claims.
     */
    public function check(string $connectionToken, string $state): array
    {
        $parts = explode('.', $connectionToken);
        if (count($parts) !== 3) {
            throw new RuntimeException('not a compact JWS');
        }
        [$header, $payload, $signature] = $parts;
        ['alg' => $alg, 'kid' => $kid, 'typ' => $typ] = self::json($header) + ['alg' => '', 'kid' => '', 'typ' => ''];
        if ($alg !== 'EdDSA' || $typ !== 'connection+jwt') {
            throw new RuntimeException('not a connectionToken');
        }
        $signature = self::decode($signature);
        $fits = strlen($signature) === SODIUM_CRYPTO_SIGN_BYTES
            && sodium_crypto_sign_verify_detached($signature, "$header.$payload", $this->publicKey($kid));
        if (!$fits) {
            throw new RuntimeException('the signature does not fit');
        }
        $claims = self::json($payload);
        if ($claims['iss'] !== $this->url) {
            throw new RuntimeException('of another server');
        }
        if ($claims['aud'] !== $this->widgetId) {
            throw new RuntimeException('for another widget');
        }
        if ($claims['exp'] <= time()) {
            throw new RuntimeException('ran out');
        }
        if ($state === '' || ($claims['state'] ?? '') !== $state) {
            throw new RuntimeException("the state is not this visitor's");
        }
        if (isset($this->seen[$claims['jti']])) {
            throw new RuntimeException('was taken already');
        }
        $this->seen[$claims['jti']] = $claims['exp'];
        return $claims;
    }

    /** The connections of a business, oldest first: at most 100 from the offset on. */
    public function listConnections(string $businessUuid, int $offset = 0): array
    {
        $query = http_build_query(['businessUuid' => $businessUuid, 'offset' => $offset]);
        return $this->ask('GET', "/v2/connections?$query")['data'] ?? [];
    }

    /** The company that a connection is to. */
    public function company(string $connectionId): array
    {
        return $this->ask('GET', self::pathOf($connectionId) . '/company');
    }

    /** Reads from the connected service. The path is what its documentation has, invoices?page=1, and never a visitor's text. */
    public function callService(string $connectionId, string $path): array
    {
        return $this->ask('GET', self::pathOf($connectionId) . "/proxy/$path");
    }

    /** Ends a connection, whose tokens are forgotten. The widget offers to connect it again. */
    public function disconnect(string $connectionId): array
    {
        return $this->ask('PUT', '/v2/connections/disconnect', ['connectionId' => $connectionId]);
    }

    private static function pathOf(string $connectionId): string
    {
        return '/v2/connections/' . rawurlencode($connectionId);
    }

    private function publicKey(string $kid): string
    {
        foreach ($this->ask('GET', '/.well-known/jwks.json')['keys'] as $key) {
            if ($key['kid'] === $kid) {
                return self::decode($key['x']);
            }
        }
        throw new RuntimeException('signed by an unknown key');
    }

    // Behind /proxy/, an error without the header Railz-Proxy-Error is the service's own.
    private function ask(string $method, string $path, ?array $body = null, ?string $idempotencyKey = null): array
    {
        $headers = ["authorization: Bearer {$this->secretKey}", 'content-type: application/json'];
        if ($idempotencyKey !== null) {
            $headers[] = "idempotency-key: $idempotencyKey";
        }
        $http = ['method' => $method, 'header' => $headers, 'ignore_errors' => true, 'follow_location' => 0, 'timeout' => 30];
        $http += $body === null ? [] : ['content' => json_encode($body, JSON_THROW_ON_ERROR)];
        $answer = file_get_contents($this->url . $path, false, stream_context_create(['http' => $http]));
        if ($answer === false) {
            throw new RuntimeException("no answer from {$this->url}");
        }
        $status = (int) explode(' ', $http_response_header[0])[1];
        if ($status === 204) {
            return [];
        }
        $ours = !str_contains($path, '/proxy/') || preg_grep('/^railz-proxy-error:/i', $http_response_header);
        if ($status >= 300 && !$ours) {
            throw new RuntimeException("the service answered with status $status");
        }
        $answer = json_decode($answer, true, 32, JSON_THROW_ON_ERROR);
        if ($status >= 300) {
            throw new RuntimeException(implode(' ', (array) $answer['error']['message']));
        }
        return $answer;
    }

    private static function json(string $part): array
    {
        return json_decode(self::decode($part), true, 32, JSON_THROW_ON_ERROR);
    }

    private static function decode(string $text): string
    {
        return sodium_base642bin($text, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING);
    }
}

if (realpath($argv[0] ?? '') === __FILE__) {
    $connect = new Connect(getenv('CONNECT_URL'), getenv('CONNECT_WIDGET_ID'), getenv('CONNECT_SECRET_KEY'));
    $given = array_slice($argv, 2);
    try {
        echo json_encode(match ($argv[1] ?? '') {
            'mint' => $connect->mintSession(array_filter(
                ['businessName' => $given[0], 'state' => $given[1], 'successUrl' => $given[2] ?? null],
            )),
            'redeem' => $connect->redeem(...$given),
            'check' => array_map(fn ($token) => $connect->check($token, $given[0]), array_slice($given, 1)),
            'list' => $connect->listConnections(...$given),
            'company' => $connect->company(...$given),
            'call' => $connect->callService(...$given),
            'disconnect' => $connect->disconnect(...$given),
        }, JSON_THROW_ON_ERROR), "\n";
    } catch (Exception $error) {
        fwrite(STDERR, $error->getMessage() . "\n");
        exit(1);
    }
}
