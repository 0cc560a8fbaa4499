//! Two cheap looks at an RSA modulus: has it a small factor, and has it the fingerprint of the
//! broken key generation of a widely sold card chip (ROCA, CVE-2017-15361)?

/// Primes at which the moduli of ROCA fall into the group that 65537 generates.
const ROCA_PRIMES: [u32; 17] = [
    11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
];

/// Below this bound each odd number is tried as a factor.
const SMALL: u32 = 752;

/// Whether the modulus (big-endian) has one of the known weak shapes.
pub(super) fn is_weak(modulus: &[u8]) -> bool {
    has_small_factor(modulus) || has_roca_fingerprint(modulus)
}

fn remainder(modulus: &[u8], divisor: u32) -> u32 {
    modulus.iter().fold(0, |rest, byte| {
        // The divisor is far below 2^24, so nothing overflows.
        (rest.wrapping_mul(256).wrapping_add(u32::from(*byte))) % divisor
    })
}

fn has_small_factor(modulus: &[u8]) -> bool {
    remainder(modulus, 2) == 0
        || (3..SMALL)
            .step_by(2)
            .any(|divisor| remainder(modulus, divisor) == 0)
}

fn has_roca_fingerprint(modulus: &[u8]) -> bool {
    ROCA_PRIMES
        .into_iter()
        .all(|prime| generated(prime, remainder(modulus, prime)))
}

/// Whether 65537 has a power that leaves this remainder.
fn generated(prime: u32, wanted: u32) -> bool {
    let generator = 65537 % prime;
    let mut power = 1;
    (0..prime).any(|_| {
        let found = power == wanted;
        power = (power * generator) % prime;
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The product of the primes of the fingerprint and the others below 168, as ROCA uses it.
    fn power_of_65537(times: u32) -> Vec<u8> {
        let mut number = vec![1_u8];
        for _ in 0..times {
            let mut carry = 0_u64;
            for byte in number.iter_mut().rev() {
                let product = u64::from(*byte) * 65537 + carry;
                *byte = u8::try_from(product & 0xff).unwrap();
                carry = product >> 8;
            }
            while carry > 0 {
                number.insert(0, u8::try_from(carry & 0xff).unwrap());
                carry >>= 8;
            }
        }
        number
    }

    #[test]
    fn a_modulus_that_looks_like_a_power_of_65537_at_every_small_prime_is_weak() {
        let fingerprinted = power_of_65537(120);
        assert!(has_roca_fingerprint(&fingerprinted));
        assert!(is_weak(&fingerprinted));
    }

    #[test]
    fn a_modulus_with_a_small_factor_is_weak() {
        assert!(has_small_factor(&[1, 0, 0, 0, 0, 0, 0]));
        // 751 times 2^64 + 13 (a prime).
        let product = 751_u128 * ((1_u128 << 64) + 13);
        assert!(has_small_factor(&product.to_be_bytes()));
        assert!(!has_small_factor(&((1_u128 << 64) + 13).to_be_bytes()));
    }

    #[test]
    fn an_ordinary_prime_has_no_fingerprint() {
        assert!(!has_roca_fingerprint(&((1_u128 << 64) + 13).to_be_bytes()));
    }
}
