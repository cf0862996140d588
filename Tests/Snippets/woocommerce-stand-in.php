<?php

// Stands in for WordPress and WooCommerce, and runs the plugin's jobs against a real server.

define('USHER_SHOP_URL', 'http://localhost:8080');
define('USHER_SHOP_TOKEN', getenv('SHOP'));

$hooks = $orders = $scheduled = [];

function add_action(string $hook, callable $work): void
{
    $GLOBALS['hooks'][$hook] = $work;
}

function do_action(string $hook, int $id): void
{
    ($GLOBALS['hooks'][$hook])($id);
}

function as_enqueue_async_action(string $hook, array $arguments): void
{
    do_action($hook, ...$arguments);
}

function as_schedule_single_action(int $time, string $hook, array $arguments): void
{
    $GLOBALS['scheduled'][] = [$time - time(), $hook, $arguments];
}

function wc_get_order(int $id): Order
{
    return $GLOBALS['orders'][$id];
}

final class Item
{
    public function __construct(private string $sku, private int $quantity)
    {
    }

    public function get_product(): self
    {
        return $this;
    }

    public function get_sku(): string
    {
        return $this->sku;
    }

    public function get_quantity(): int
    {
        return $this->quantity;
    }
}

final class Order
{
    public array $notes = [];

    public function __construct(private array $items)
    {
    }

    public function get_items(): array
    {
        return $this->items;
    }

    public function get_date_paid(): DateTime
    {
        return new DateTime('2030-02-03T04:05:06Z');
    }

    public function get_billing_email(): string
    {
        return 'walter@example.com';
    }

    public function get_formatted_billing_full_name(): string
    {
        return ' ';
    }

    public function add_order_note(string $note): void
    {
        $this->notes[] = $note;
    }
}

function check(bool $isTrue, string $what): void
{
    if (!$isTrue) {
        fwrite(STDERR, "$what\n");
        exit(1);
    }
}

require 'usher-woocommerce.php';

$orders[71] = new Order([4 => new Item('studio', 2), 5 => new Item('render', 1)]);
do_action('woocommerce_order_status_completed', 71);
do_action('woocommerce_order_status_completed', 71);
check($orders[71]->notes === ['Usher: done (usher_grant).', 'Usher: done (usher_grant).'], print_r($orders[71], true));
$again = usher_purchase(USHER_SHOP_URL, USHER_SHOP_TOKEN, [
    'email' => 'walter@example.com', 'name' => 'Walter', 'product' => 'other', 'seats' => 9,
    'validUntil' => 'never', 'reference' => 'order-71-4',
]);
check($again['seats'] === 2 && $again['productId'] === 'studio', 'a line is one licence');
check($again['validUntil'] === '2031-02-03T04:05:06.000Z', 'a year from the payment');

do_action('woocommerce_order_status_refunded', 71);
$ended = usher_renewal(USHER_SHOP_URL, USHER_SHOP_TOKEN, 'order-71-5', '2020-01-01');
check($ended['validUntil'] === '2020-01-01T00:00:00.000Z', 'a refund ends the licence');

$orders[72] = new Order([1 => new Item('', 1)]);
do_action('woocommerce_order_status_completed', 72);
check(str_starts_with($orders[72]->notes[0], 'Usher refused this order. INVALID_INPUT'), $orders[72]->notes[0]);
check($scheduled === [], 'nothing is left for later');

// A server that has one answer for one caller.
$server = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($server, false);
if (pcntl_fork() === 0) {
    $caller = stream_socket_accept($server);
    fread($caller, 65536);
    fwrite($caller, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 90\r\nContent-Length: 2\r\n\r\n{}");
    exit(0);
}
fclose($server);
try {
    usher_call("http://$address", 'none', 'get-user', []);
    check(false, 'a 503 is no answer');
} catch (UsherUnavailable $later) {
    check($later->retryAfter === 90, 'Retry-After counts');
}
pcntl_wait($status);
try {
    usher_call("http://$address", 'none', 'get-user', []);
    check(false, 'nobody listens');
} catch (UsherUnavailable $later) {
    check($later->retryAfter === 60, 'a minute, when nobody says');
}
usher_for_each_line('usher_grant', 71, fn () => throw new UsherUnavailable('busy', 90));
check($scheduled === [[90, 'usher_grant', [71]]], 'it is tried again: ' . print_r($scheduled, true));
