/** The request header in which proxy.ts passes the nonce that our own inline script needs. Next reads its own from the policy. */
export const nonceHeader = "x-desk-nonce";
